package dev.stagewright.dockerfile.ignore;

import dev.stagewright.dockerfile.glob.BadPatternException;
import dev.stagewright.dockerfile.glob.PathPattern;
import dev.stagewright.dockerfile.source.GoPath;
import dev.stagewright.dockerfile.source.GoText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules of an ignore file. The last rule that matches a path decides. A rule that matches a
 * directory applies to everything below it, unless a later exception includes a path again.
 *
 * <p>Compatible with moby's {@code ignorefile} and {@code patternmatcher}.
 *
 * @param rules in order
 */
public record IgnoreRules(List<IgnoreRule> rules) {
  /** Copies the list. */
  public IgnoreRules {
    rules = List.copyOf(rules);
  }

  /** Rules that ignore nothing. */
  public static IgnoreRules none() {
    return new IgnoreRules(List.of());
  }

  /**
   * Parses the text of a {@code .dockerignore} file.
   *
   * @throws IgnoreException if a pattern is invalid
   */
  public static IgnoreRules parse(String text) {
    var lines = (text.startsWith("\uFEFF") ? text.substring(1) : text).split("\n", -1);
    var rules = new ArrayList<IgnoreRule>();
    for (int i = 0; i < lines.length; i++) {
      if (!lines[i].startsWith("#")) {
        rule(fromFile(GoText.trim(lines[i])), i + 1).ifPresent(rules::add);
      }
    }
    return new IgnoreRules(rules);
  }

  /**
   * Creates rules from the patterns of {@code COPY --exclude}.
   *
   * @throws IgnoreException if a pattern is invalid
   */
  public static IgnoreRules of(List<String> patterns) {
    return new IgnoreRules(
        patterns.stream().flatMap(pattern -> rule(GoText.trim(pattern), 0).stream()).toList());
  }

  /**
   * Whether a path is ignored.
   *
   * @param path relative to the root, separated by slashes, without a leading slash
   */
  public boolean ignores(String path) {
    boolean ignored = false;
    for (var rule : rules) {
      // Skip rules that cannot change the result.
      if (rule.exception() == ignored && rule.matches(path)) {
        ignored = !ignored;
      }
    }
    return ignored;
  }

  /**
   * Whether a rule is an exception, so an ignored directory can contain files that are not ignored.
   */
  public boolean hasExceptions() {
    return rules.stream().anyMatch(IgnoreRule::exception);
  }

  /** A leading slash has no meaning: every pattern starts at the root. */
  private static String fromFile(String line) {
    if (line.isEmpty()) {
      return "";
    }
    boolean exception = line.startsWith("!");
    var pattern = exception ? GoText.trim(line.substring(1)) : line;
    if (!pattern.isEmpty()) {
      pattern = GoPath.clean(pattern);
      pattern = pattern.length() > 1 && pattern.startsWith("/") ? pattern.substring(1) : pattern;
    }
    return exception ? "!" + pattern : pattern;
  }

  private static Optional<IgnoreRule> rule(String trimmed, int line) {
    if (trimmed.isEmpty()) {
      return Optional.empty();
    }
    var cleaned = GoPath.clean(trimmed);
    if (cleaned.equals("!")) {
      throw new IgnoreException(line, "illegal exclusion pattern: \"!\"");
    }
    boolean exception = cleaned.startsWith("!");
    try {
      var pattern = PathPattern.parse(exception ? cleaned.substring(1) : cleaned);
      return Optional.of(new IgnoreRule(pattern, exception));
    } catch (BadPatternException e) {
      throw new IgnoreException(line, String.valueOf(e.getMessage()));
    }
  }
}
