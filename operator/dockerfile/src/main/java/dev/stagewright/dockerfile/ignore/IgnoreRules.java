package dev.stagewright.dockerfile.ignore;

import dev.stagewright.dockerfile.glob.BadPatternException;
import dev.stagewright.dockerfile.glob.PathPattern;
import dev.stagewright.dockerfile.source.GoPath;
import dev.stagewright.dockerfile.source.GoText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an ignore file says. Rules are tried in order and the last that matches decides; a rule that
 * matches a folder decides for all below it, unless a later exception lets some of it in again.
 *
 * <p>Follows moby's {@code ignorefile} and {@code patternmatcher}.
 *
 * @param rules in order
 */
public record IgnoreRules(List<IgnoreRule> rules) {
  /** Copies the list. */
  public IgnoreRules {
    rules = List.copyOf(rules);
  }

  /** Ignores nothing. */
  public static IgnoreRules none() {
    return new IgnoreRules(List.of());
  }

  /**
   * Reads the text of a {@code .dockerignore}.
   *
   * @throws IgnoreException if a pattern is wrong
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
   * Takes patterns as {@code COPY --exclude} has them.
   *
   * @throws IgnoreException if a pattern is wrong
   */
  public static IgnoreRules of(List<String> patterns) {
    return new IgnoreRules(
        patterns.stream().flatMap(pattern -> rule(GoText.trim(pattern), 0).stream()).toList());
  }

  /**
   * Whether a path is ignored.
   *
   * @param path relative to the root that the rules are for, with slashes, without one in front
   */
  public boolean ignores(String path) {
    boolean ignored = false;
    for (var rule : rules) {
      // A rule that would change nothing need not be tried.
      if (rule.exception() == ignored && rule.matches(path)) {
        ignored = !ignored;
      }
    }
    return ignored;
  }

  /** Whether some rule is an exception, so that an ignored folder may hold what is not ignored. */
  public boolean hasExceptions() {
    return rules.stream().anyMatch(IgnoreRule::exception);
  }

  /** In a file, a slash in front means nothing: every pattern starts at the root. */
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
