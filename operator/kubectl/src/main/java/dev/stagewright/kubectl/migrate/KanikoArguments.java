package dev.stagewright.kubectl.migrate;

import dev.stagewright.kubectl.migrate.KanikoFlag.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The arguments of the kaniko executor, parsed as kaniko does.
 *
 * @param settings in their order; the value of a switch is {@code true} or {@code false}
 */
record KanikoArguments(List<Setting> settings) {
  private static final Map<String, Boolean> BOOLEANS =
      Map.of("1", true, "t", true, "true", true, "0", false, "f", false, "false", false);

  /** A flag with its value. */
  record Setting(KanikoFlag flag, String value) {}

  /**
   * Parses arguments. The path of the executor may come first.
   *
   * @throws IllegalArgumentException if kaniko would reject the arguments
   */
  static KanikoArguments parse(List<String> arguments) {
    var rest = new ArrayList<>(arguments);
    if (!rest.isEmpty() && rest.getFirst().matches("(.*/)?executor")) {
      rest.removeFirst();
    }
    var settings = new ArrayList<Setting>();
    while (!rest.isEmpty()) {
      settings.add(next(rest));
    }
    return new KanikoArguments(List.copyOf(settings));
  }

  private static Setting next(List<String> rest) {
    var argument = rest.removeFirst();
    if (!argument.startsWith("-") || argument.equals("-")) {
      throw new IllegalArgumentException(
          "'" + argument + "' is not a flag of kaniko, and kaniko has no other arguments");
    }
    var split = split(argument);
    var name = split.getFirst();
    var flag =
        KanikoFlags.named(name)
            .orElseThrow(() -> new IllegalArgumentException(name + " is not a flag of kaniko"));
    if (split.size() == 2) {
      return new Setting(flag, checked(flag, split.get(1)));
    } else if (flag.kind().isSwitch()) {
      return new Setting(flag, "true");
    } else if (rest.isEmpty()) {
      throw new IllegalArgumentException(name + " requires a value");
    }
    return new Setting(flag, rest.removeFirst());
  }

  /** The name and the value of {@code --name=value}, {@code -n=value} or {@code -nvalue}. */
  private static List<String> split(String argument) {
    if (!argument.startsWith("--") && argument.length() > 2) {
      var value = argument.substring(2);
      return List.of(argument.substring(0, 2), value.startsWith("=") ? value.substring(1) : value);
    }
    return List.of(argument.split("=", 2));
  }

  private static String checked(KanikoFlag flag, String value) {
    if (flag.kind().isSwitch() && !BOOLEANS.containsKey(value.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          flag.name() + " must be true or false, but is '" + value + "'");
    }
    return value;
  }

  static boolean isTrue(String value) {
    return BOOLEANS.getOrDefault(value.toLowerCase(Locale.ROOT), false);
  }

  /** The values of a flag. */
  List<String> all(String name) {
    return values(name).toList();
  }

  /** The value of a flag; the last one counts. */
  Optional<String> last(String name) {
    return values(name).reduce((_, later) -> later).filter(value -> !value.isEmpty());
  }

  /** Whether a switch is set to a value other than its default. */
  boolean has(String name) {
    return settings.stream()
        .filter(setting -> setting.flag().name().equals(name))
        .reduce((_, later) -> later)
        .filter(setting -> !setting.flag().kind().isDefault(setting.value()))
        .isPresent();
  }

  /** Settings that have an effect in kaniko, of each flag the last one, or all of a list. */
  Stream<Setting> effective() {
    return settings.stream()
        .filter(setting -> setting.flag().kind() == Kind.VALUE || has(setting.flag().name()));
  }

  private Stream<String> values(String name) {
    return settings.stream()
        .filter(setting -> setting.flag().name().equals(name))
        .map(Setting::value);
  }
}
