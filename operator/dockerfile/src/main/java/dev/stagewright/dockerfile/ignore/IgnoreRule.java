package dev.stagewright.dockerfile.ignore;

import dev.stagewright.dockerfile.glob.PathPattern;

/**
 * A line of an ignore file.
 *
 * @param pattern without {@code !}
 * @param exception whether the line begins with {@code !}: matching paths are not ignored
 */
public record IgnoreRule(PathPattern pattern, boolean exception) {

  /** Whether the rule matches the path or a parent directory. */
  boolean matches(String path) {
    if (pattern.matches(path)) {
      return true;
    }
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      if (slash > 0 && pattern.matches(path.substring(0, slash))) {
        return true;
      }
    }
    return false;
  }
}
