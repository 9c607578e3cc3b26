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
 * Says of an error of the kernel's that it is the sandbox's limit, and what to do about it.
 *
 * @param kind the sandbox
 * @param mountPoints raw paths of the root where something is mounted
 */
public record SandboxHint(SandboxKind kind, Collection<String> mountPoints) {
  /** What a container has mounted with whatever builder. */
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

  /** The words for an owner that there is none of. */
  public static final String NO_SUCH_OWNER =
      "the userNamespace sandbox has the user and group ids 0 to 65535 only" + IN_PLACE;

  /** The words for a device that cannot be made. */
  public static final String NO_DEVICES =
      "no device can be made in the userNamespace sandbox" + IN_PLACE;

  /**
   * The advice on what a command wrote, or the kernel said.
   *
   * @param text lines; the last that tells something counts
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

  /** The longest path of a mount that a line names, or that lies in a directory that it names. */
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
      return what + ", here as with any builder: leave it out";
    }
    return switch (kind) {
      case IN_PLACE ->
          what
              + " in the inPlace sandbox: change what is in it, use another path, or set"
              + " spec.stages[].sandbox: userNamespace for this stage";
      case USER_NAMESPACE ->
          what
              + ": it is a volume of spec.stages[].volumes; change what is in it, or use another"
              + " path";
    };
  }

  /** A message with the advice on it, if there is some. */
  public String addedTo(String message, String text) {
    return on(text)
        .filter(
            advice -> !message.toLowerCase(Locale.ROOT).contains(advice.toLowerCase(Locale.ROOT)))
        .map(advice -> message + "; " + advice)
        .orElse(message);
  }
}
