package dev.stagewright.dockerfile.lint;

import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.source.GoText;
import dev.stagewright.dockerfile.source.Position;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The options of the {@code check} directive, for example {@code
 * skip=A,B;error=true;experimental=all}.
 *
 * @param skipped ids of the rules that are not reported; {@code all} for all rules
 * @param fails whether findings fail the build
 * @param experimental ids of the experimental rules that are reported; {@code all} for all rules
 */
public record CheckOptions(Set<String> skipped, boolean fails, Set<String> experimental) {
  private static final String ALL = "all";
  private static final int MOST_OPTIONS = 3;
  private static final Pattern COMMENT = Pattern.compile("(?i)#?\\s*check\\s*=\\s*(\\S.*)");
  private static final List<String> TRUE = List.of("1", "t", "T", "TRUE", "true", "True");
  private static final List<String> FALSE = List.of("0", "f", "F", "FALSE", "false", "False");

  /** Copies the sets. */
  public CheckOptions {
    skipped = Set.copyOf(skipped);
    experimental = Set.copyOf(experimental);
  }

  /**
   * Parses the value of the directive.
   *
   * @throws DockerfileException if the value is invalid
   */
  public static CheckOptions parse(String text) {
    var options = new CheckOptions(Set.of(), false, Set.of());
    if (GoText.trim(text).isEmpty()) {
      return options;
    }
    for (var part : text.split(";", MOST_OPTIONS)) {
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
              new Position(1, 1),
              "failed to parse check option "
                  + GoText.quote(part)
                  + ": strconv.ParseBool: parsing "
                  + GoText.quote(value)
                  + ": invalid syntax",
              part);
        }
        yield new CheckOptions(skipped, TRUE.contains(value), experimental);
      }
      default -> throw invalid(part.substring(0, equals).strip());
    };
  }

  /** Whether a comment contains options and is not a description. */
  public static boolean isIn(String comment) {
    return COMMENT.matcher(comment).matches();
  }

  /**
   * Parses the value of a directive: the options end at the first space, and a comment can follow.
   *
   * @throws DockerfileException if the value is invalid
   */
  static CheckOptions ofDirective(String value) {
    return parse(optionsOf(value));
  }

  /**
   * Merges the options with the options in the first comment above an instruction that has options.
   */
  CheckOptions with(List<String> comments) {
    var value = comments.stream().map(COMMENT::matcher).filter(Matcher::matches).findFirst();
    if (value.isEmpty()) {
      return this;
    }
    try {
      return merged(ofDirective(value.get().group(1)));
    } catch (DockerfileException _) {
      return this; // As in BuildKit, invalid options in a comment are ignored.
    }
  }

  /** Whether a rule is reported. An experimental rule is only reported if it is enabled. */
  boolean reports(Rule rule) {
    return rule.experimental()
        ? experimental.contains(ALL) || experimental.contains(rule.id())
        : !skipped.contains(ALL) && !skipped.contains(rule.id());
  }

  private CheckOptions merged(CheckOptions others) {
    return new CheckOptions(
        union(skipped, others.skipped), fails, union(experimental, others.experimental));
  }

  private static String optionsOf(String value) {
    int blank = value.indexOf(' ');
    return blank < 0 ? value : value.substring(0, blank);
  }

  private static Set<String> union(Set<String> a, Set<String> b) {
    return Stream.concat(a.stream(), b.stream()).collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> names(String value) {
    return Stream.of(value.split(",", -1)).map(String::strip).collect(Collectors.toSet());
  }

  private static DockerfileException invalid(String option) {
    return new DockerfileException(
        new Position(1, 1), "invalid check option " + GoText.quote(option), option);
  }
}
