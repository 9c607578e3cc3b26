package dev.stagewright.dockerfile.mount;

import dev.stagewright.dockerfile.source.GoText;
import dev.stagewright.dockerfile.source.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Collects and checks the fields of a mount. */
final class MountFields {
  private static final List<String> TYPES = List.of("bind", "cache", "tmpfs", "secret", "ssh");
  private static final List<String> SHARING = List.of("shared", "private", "locked");
  private static final List<String> KEYS =
      List.of(
          "type",
          "from",
          "source",
          "target",
          "readonly",
          "id",
          "sharing",
          "required",
          "size",
          "mode",
          "uid",
          "gid",
          "src",
          "dst",
          "destination",
          "ro",
          "rw",
          "readwrite",
          "env");
  private static final List<String> TRUE = List.of("1", "t", "T", "TRUE", "true", "True");
  private static final List<String> FALSE = List.of("0", "f", "F", "FALSE", "false", "False");

  String type = "bind";
  String from = "";
  String source = "";
  String target = "";
  String id = "";
  String sharing = "";
  Optional<String> variable = Optional.empty();
  Optional<Boolean> readOnly = Optional.empty();
  boolean required;
  OptionalLong size = OptionalLong.empty();
  OptionalInt mode = OptionalInt.empty();
  OptionalInt uid = OptionalInt.empty();
  OptionalInt gid = OptionalInt.empty();

  /** Sets a key without a value. */
  void set(String key, String field) {
    switch (key) {
      case "readonly", "ro" -> readOnly = Optional.of(true);
      case "readwrite", "rw" -> readOnly = Optional.of(false);
      case "required" -> {
        checkOnly(key, "secret", "ssh");
        required = true;
      }
      default ->
          throw new MountSyntaxException("invalid field '" + field + "' must be a key=value pair");
    }
  }

  /** Sets a key to an expanded value. */
  void set(String key, String value, String field) {
    switch (key) {
      case "type" -> type = choice(value, TYPES, "unsupported mount type ");
      case "from" -> from = value;
      case "source", "src" -> source = value;
      case "target", "dst", "destination" -> target = value;
      case "readonly", "ro" -> readOnly = Optional.of(bool(key, value));
      case "readwrite", "rw" -> readOnly = Optional.of(!bool(key, value));
      case "required" -> {
        checkOnly(key, "secret", "ssh");
        required = bool(key, value);
      }
      case "size" -> {
        checkOnly(key, "tmpfs");
        size = OptionalLong.of(MemorySize.parse(value).orElseThrow(() -> invalid(key, value)));
      }
      case "env" -> {
        checkOnly(key, "secret");
        variable = Optional.of(value);
      }
      case "id" -> id = value;
      case "sharing" -> sharing = choice(value, SHARING, "unsupported sharing value ");
      case "mode" -> mode = number(key, value, 8);
      case "uid" -> uid = number(key, value, 10);
      case "gid" -> gid = number(key, value, 10);
      default ->
          throw new MountSyntaxException(
              Suggestion.append(
                  "unexpected key '" + key + "' in '" + field + "'", key, KEYS, true));
    }
  }

  private void checkOnly(String key, String... types) {
    if (!List.of(types).contains(type)) {
      throw new MountSyntaxException("unexpected key '" + key + "' for mount type '" + type + "'");
    }
  }

  private static String choice(String value, List<String> choices, String otherwise) {
    var lower = value.toLowerCase(Locale.ROOT);
    if (!choices.contains(lower)) {
      throw new MountSyntaxException(
          Suggestion.append(otherwise + GoText.quote(value), value, choices, true));
    }
    return lower;
  }

  private static boolean bool(String key, String value) {
    if (!TRUE.contains(value) && !FALSE.contains(value)) {
      throw invalid(key, value);
    }
    return TRUE.contains(value);
  }

  private static OptionalInt number(String key, String value, int radix) {
    try {
      return OptionalInt.of(Integer.parseUnsignedInt(value, radix));
    } catch (NumberFormatException e) {
      throw new MountSyntaxException("invalid value " + value + " for " + key);
    }
  }

  private static MountSyntaxException invalid(String key, String value) {
    return new MountSyntaxException("invalid value for " + key + ": " + value);
  }
}
