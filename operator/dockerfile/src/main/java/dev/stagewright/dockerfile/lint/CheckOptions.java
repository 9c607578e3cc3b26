package dev.stagewright.dockerfile.lint;

import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.source.GoText;
import dev.stagewright.dockerfile.source.Position;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the {@code check} directive says, for example {@code skip=A,B;error=true;experimental=all}.
 *
 * @param skipped ids of rules not to report; {@code all} for all of them
 * @param fails whether findings fail the build
 * @param experimental ids of experimental rules to report; {@code all} for all of them
 */
public record CheckOptions(Set<String> skipped, boolean fails, Set<String> experimental) {
  private static final String ALL = "all";
  private static final List<String> TRUE = List.of("1", "t", "T", "TRUE", "true", "True");
  private static final List<String> FALSE = List.of("0", "f", "F", "FALSE", "false", "False");

  /** Copies the sets. */
  public CheckOptions {
    skipped = Set.copyOf(skipped);
    experimental = Set.copyOf(experimental);
  }

  /**
   * Reads the directive's value.
   *
   * @throws DockerfileException if it cannot be understood
   */
  public static CheckOptions parse(String text) {
    var options = new CheckOptions(Set.of(), false, Set.of());
    if (GoText.trim(text).isEmpty()) {
      return options;
    }
    for (var part : text.split(";", -1)) {
      options = options.with(part);
    }
    return options;
  }

  private CheckOptions with(String part) {
    int equals = part.indexOf('=');
    if (equals < 0) {
      throw invalid(part);
    }
    var value = part.substring(equals + 1).strip();
    return switch (part.substring(0, equals).strip()) {
      case "skip" -> new CheckOptions(names(value), fails, experimental);
      case "experimental" -> new CheckOptions(skipped, fails, names(value));
      case "error" -> {
        if (!TRUE.contains(value) && !FALSE.contains(value)) {
          throw new DockerfileException(
              new Position(1, 1), "failed to parse check option " + GoText.quote(part), part);
        }
        yield new CheckOptions(skipped, TRUE.contains(value), experimental);
      }
      default -> throw invalid(part.substring(0, equals).strip());
    };
  }

  boolean reports(Rule rule) {
    return allows(rule)
        && (!rule.experimental() || experimental.contains(ALL) || experimental.contains(rule.id()));
  }

  boolean allows(Rule rule) {
    return !skipped.contains(ALL) && !skipped.contains(rule.id());
  }

  private static Set<String> names(String value) {
    return Stream.of(value.split(",", -1)).map(String::strip).collect(Collectors.toSet());
  }

  private static DockerfileException invalid(String option) {
    return new DockerfileException(
        new Position(1, 1), "invalid check option " + GoText.quote(option), option);
  }
}
