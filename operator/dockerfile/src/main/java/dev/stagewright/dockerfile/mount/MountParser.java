package dev.stagewright.dockerfile.mount;

import dev.stagewright.dockerfile.mount.Mount.Sharing;
import dev.stagewright.dockerfile.source.GoText;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Parses the value of {@code RUN --mount}. */
public final class MountParser {
  private static final Pattern VARIABLE = Pattern.compile("\\$.");
  private static final String SECRETS = "/run/secrets/";

  private MountParser() {}

  /**
   * Checks a mount before variables are expanded.
   *
   * @throws MountSyntaxException if the mount is invalid
   */
  public static void check(String value) {
    for (var field : CsvRecord.parse(value)) {
      if (key(field).equals("from") && VARIABLE.matcher(field).find()) {
        throw new MountSyntaxException(
            "'from' doesn't support variable expansion, define alias stage instead");
      }
    }
  }

  /** The stage, image or named context of a mount, before variables are expanded. */
  public static Optional<String> from(String value) {
    return CsvRecord.parse(value).stream()
        .filter(field -> key(field).equals("from") && field.indexOf('=') >= 0)
        .map(field -> field.substring(field.indexOf('=') + 1))
        .filter(from -> !from.isEmpty())
        .reduce((first, last) -> last);
  }

  /**
   * Parses a mount.
   *
   * @param expand expands the variables of a value
   * @throws MountSyntaxException if the mount is invalid
   */
  public static Mount parse(String value, UnaryOperator<String> expand) {
    var fields = new MountFields();
    for (var field : CsvRecord.parse(value)) {
      int equals = field.indexOf('=');
      if (equals < 0) {
        fields.set(key(field), field);
      } else {
        fields.set(key(field), expand.apply(field.substring(equals + 1)), field);
      }
    }
    validate(fields);
    return mount(fields);
  }

  private static String key(String field) {
    int equals = field.indexOf('=');
    return (equals < 0 ? field : field.substring(0, equals)).toLowerCase(Locale.ROOT);
  }

  private static void validate(MountFields fields) {
    var type = fields.type;
    if (type.equals("bind") || type.equals("tmpfs")) {
      check(fields.mode.isEmpty(), "mode not allowed for " + GoText.quote(type) + " type mounts");
      check(fields.uid.isEmpty(), "uid not allowed for " + GoText.quote(type) + " type mounts");
      check(fields.gid.isEmpty(), "gid not allowed for " + GoText.quote(type) + " type mounts");
    }
    if (type.equals("secret")) {
      check(fields.from.isEmpty(), "secret mount should not have a from");
      check(fields.sharing.isEmpty(), "secret mount should not define sharing");
      check(
          !(fields.source.isEmpty() && fields.target.isEmpty() && fields.id.isEmpty()),
          "invalid secret mount. one of source, target required");
      check(fields.source.isEmpty() || fields.id.isEmpty(), "both source and id can't be set");
    }
    if (type.equals("ssh")) {
      check(fields.source.isEmpty(), "ssh does not support source");
    }
    check(
        fields.sharing.isEmpty() || type.equals("cache"),
        "invalid cache sharing set for " + type + " mount");
  }

  private static void check(boolean valid, String message) {
    if (!valid) {
      throw new MountSyntaxException(message);
    }
  }

  private static Mount mount(MountFields f) {
    return switch (f.type) {
      case "cache" ->
          new Mount.Cache(
              some(f.id),
              some(f.from),
              rooted(f.source),
              f.target,
              f.readOnly.orElse(false),
              f.sharing.isEmpty()
                  ? Sharing.SHARED
                  : Sharing.valueOf(f.sharing.toUpperCase(Locale.ROOT)),
              f.mode,
              f.uid,
              f.gid);
      case "tmpfs" -> new Mount.Tmpfs(f.target, f.readOnly.orElse(false), f.size);
      case "secret" -> secret(f);
      case "ssh" ->
          new Mount.Ssh(
              f.id.isEmpty() ? "default" : f.id, f.target, f.required, f.mode, f.uid, f.gid);
      default -> new Mount.Bind(some(f.from), rooted(f.source), f.target, f.readOnly.orElse(true));
    };
  }

  /** A secret is a file by default, unless the mount only has a variable. */
  private static Mount secret(MountFields f) {
    var named = f.source.isEmpty() ? f.id : f.source;
    var id = named.isEmpty() ? baseName(f.target) : named;
    var target = f.target.isEmpty() && f.variable.isEmpty() ? SECRETS + baseName(id) : f.target;
    return new Mount.Secret(id, target, f.variable, f.required, f.mode, f.uid, f.gid);
  }

  private static Optional<String> some(String value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  private static String rooted(String path) {
    return path.isEmpty() ? "/" : path;
  }

  private static String baseName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
