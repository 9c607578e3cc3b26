package dev.stagewright.dockerfile.ignore;

import dev.stagewright.dockerfile.glob.PathPattern;

/**
 * A line of an ignore file.
 *
 * @param pattern without {@code !}
 * @param exception whether it begins with {@code !}: what it matches is not ignored after all
 */
public record IgnoreRule(PathPattern pattern, boolean exception) {

  /** Whether it matches the path or a folder above it. */
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
