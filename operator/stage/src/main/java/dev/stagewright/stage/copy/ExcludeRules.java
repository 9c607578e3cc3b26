package dev.stagewright.stage.copy;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.stage.path.PathPattern;
import dev.stagewright.stage.path.RootedPath;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code --exclude} patterns of an instruction, relative to each directory that is copied: the
 * last one that matches a path or a directory above it counts, and {@code !} takes back in.
 */
final class ExcludeRules {
  private final List<Rule> rules;

  private ExcludeRules(List<Rule> rules) {
    this.rules = rules;
  }

  private record Rule(PathPattern pattern, boolean exception) {}

  static ExcludeRules of(List<String> patterns) {
    var rules = new ArrayList<Rule>();
    for (var pattern : patterns) {
      var exception = pattern.startsWith("!");
      var path = RootedPath.clean(RawName.of(exception ? pattern.substring(1) : pattern));
      rules.add(new Rule(PathPattern.withDoubleStars(path), exception));
    }
    return new ExcludeRules(rules);
  }

  /** Whether a raw path below the copied directory stays behind. */
  boolean excludes(String path) {
    var excluded = false;
    for (var rule : rules) {
      if (excluded == rule.exception() && matches(rule.pattern(), path)) {
        excluded = !rule.exception();
      }
    }
    return excluded;
  }

  /** Whether something below an excluded directory may have been taken back in. */
  boolean hasExceptions() {
    for (var rule : rules) {
      if (rule.exception()) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(PathPattern pattern, String path) {
    for (var at = path; !at.isEmpty(); at = RootedPath.parent(at)) {
      if (pattern.matches(at)) {
        return true;
      }
    }
    return false;
  }
}
