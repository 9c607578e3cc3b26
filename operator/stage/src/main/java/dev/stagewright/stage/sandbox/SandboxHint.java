package dev.stagewright.stage.sandbox;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.stage.path.RootedPath;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Recognizes errors of the kernel that are caused by limits of the sandbox, and suggests a
 * solution.
 *
 * @param kind kind of the sandbox
 * @param mountPoints raw paths of mounts in the root
 */
public record SandboxHint(SandboxKind kind, Collection<String> mountPoints) {
  /** Mounts that containers have in all builders. */
  private static final Set<String> EVERYWHERE =
      Set.of("proc", "sys", "dev", "etc/hosts", "etc/resolv.conf");

  private static final Pattern BUSY =
      Pattern.compile("(?i)resource busy|in use as a mount point|EBUSY");
  private static final Pattern INVALID =
      Pattern.compile("(?i)invalid argument|EINVAL|unable to map|value too large");
  private static final Pattern OWNER =
      Pattern.compile(
          "(?i)chown|chgrp|owner|set(?:res|re|e)?[ug]id|setgroups|change group|cannot set [ug]id");
  private static final Pattern NOT_PERMITTED = Pattern.compile("(?i)not permitted|EPERM");
  private static final Pattern DEVICE = Pattern.compile("(?i)mknod|device node|special file");

  private static final String IN_PLACE =
      ": set spec.stages[].sandbox: inPlace for this stage (or spec.sandbox: inPlace)";

  /** The hint for an owner outside the user namespace. */
  public static final String NO_SUCH_OWNER =
      "the userNamespace sandbox supports only the user and group ids 0 to 65535" + IN_PLACE;

  /** The hint for a device that cannot be created. */
  public static final String NO_DEVICES =
      "devices cannot be created in the userNamespace sandbox" + IN_PLACE;

  /**
   * The hint for the output of a command or a message of the kernel.
   *
   * @param text lines, of which the last one with a known error is used
   */
  public Optional<String> on(String text) {
    return text.lines().toList().reversed().stream()
        .flatMap(line -> onLine(line).stream())
        .findFirst();
  }

  private Optional<String> onLine(String line) {
    if (BUSY.matcher(line).find()) {
      return mountIn(line).map(this::ofMount);
    }
    if (kind != SandboxKind.USER_NAMESPACE) {
      return Optional.empty();
    }
    if (INVALID.matcher(line).find() && OWNER.matcher(line).find()) {
      return Optional.of(NO_SUCH_OWNER);
    }
    return NOT_PERMITTED.matcher(line).find() && DEVICE.matcher(line).find()
        ? Optional.of(NO_DEVICES)
        : Optional.empty();
  }

  /** The longest mount path that a line contains, or that is below a directory in the line. */
  private Optional<String> mountIn(String line) {
    var named =
        mountPoints.stream()
            .filter(point -> names(line, point))
            .max(Comparator.comparingInt(String::length));
    return named.or(() ->
        mountPoints.stream()
            .filter(point -> namesParent(line, point))
            .min(Comparator.naturalOrder()));
  }

  private static boolean namesParent(String line, String point) {
    for (var at = RootedPath.parent(point); !at.isEmpty(); at = RootedPath.parent(at)) {
      if (names(line, at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean names(String line, String path) {
    var text = Pattern.quote("/" + RawName.text(path));
    return Pattern.compile("(?<![\\w./-])" + text + "(?![\\w/-])").matcher(line).find();
  }

  private String ofMount(String point) {
    var path = "/" + RawName.text(point);
    var what = path + " is a mount of the Pod, which cannot be removed, renamed or replaced";
    if (EVERYWHERE.stream().anyMatch(own -> RootedPath.isWithin(point, own))) {
      return what + ", as in any other builder: omit the path";
    }
    return switch (kind) {
      case IN_PLACE ->
          what
              + " in the inPlace sandbox: change its content, use another path, or set"
              + " spec.stages[].sandbox: userNamespace for this stage";
      case USER_NAMESPACE ->
          what
              + ": it is a volume of spec.stages[].volumes; change its content or use another path";
      case DIRECTORY -> what;
    };
  }

  /** Appends the hint to a message, if there is one. */
  public String appendTo(String message, String text) {
    return on(text)
        .filter(hint -> !message.toLowerCase(Locale.ROOT).contains(hint.toLowerCase(Locale.ROOT)))
        .map(hint -> message + "; " + hint)
        .orElse(message);
  }
}
