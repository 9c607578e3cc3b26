package dev.stagewright.dockerfile.parser;

import dev.stagewright.dockerfile.instruction.Statement;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.source.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The flags of an instruction, checked against its known flags. */
final class Flags {
  /** The type of the value of a flag. */
  enum Kind {
    SWITCH,
    VALUE,
    VALUES
  }

  private final Map<String, List<String>> values;

  private Flags(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Checks the flags of a statement.
   *
   * @throws DockerfileException if a flag is unknown, repeated, or has an invalid value
   */
  static Flags of(Statement statement, Map<String, Kind> known) {
    var values = new HashMap<String, List<String>>();
    for (var flag : statement.flags()) {
      int equals = flag.indexOf('=');
      var dashed = equals < 0 ? flag : flag.substring(0, equals);
      var name = dashed.substring(2);
      var value = equals < 0 ? Optional.<String>empty() : Optional.of(flag.substring(equals + 1));
      var kind = known.get(name);
      if (kind == null) {
        throw error(
            statement,
            dashed,
            Suggestion.append("unknown flag: " + dashed, name, known.keySet(), true));
      }
      if (values.containsKey(name) && kind != Kind.VALUES) {
        throw error(statement, dashed, "duplicate flag specified: " + dashed);
      }
      values
          .computeIfAbsent(name, key -> new ArrayList<>())
          .add(checked(statement, dashed, value, kind));
    }
    return new Flags(values);
  }

  /** Checks that there are no flags. */
  static void none(Statement statement) {
    of(statement, Map.of());
  }

  /** The value of a flag; as in BuildKit, an empty value is no value. */
  Optional<String> value(String name) {
    return all(name).stream().findFirst().filter(value -> !value.isEmpty());
  }

  List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  boolean isOn(String name) {
    return booleanValue(name).orElse(false);
  }

  Optional<Boolean> booleanValue(String name) {
    return all(name).stream().findFirst().map(Boolean::valueOf);
  }

  private static String checked(
      Statement statement, String dashed, Optional<String> value, Kind kind) {
    if (kind != Kind.SWITCH) {
      return value.orElseThrow(
          () -> error(statement, dashed, "missing a value on flag: " + dashed));
    }
    if (value.isPresent() && value.get().isEmpty()) {
      throw error(statement, dashed, "missing a value on flag: " + dashed);
    }
    var lower = value.orElse("true").toLowerCase(Locale.ROOT);
    if (!lower.equals("true") && !lower.equals("false")) {
      throw error(
          statement,
          dashed,
          "expecting boolean value for flag " + dashed + ", not: " + value.orElse(""));
    }
    return lower;
  }

  private static DockerfileException error(Statement statement, String offending, String reason) {
    return new DockerfileException(statement.locate(offending), reason, offending);
  }
}
