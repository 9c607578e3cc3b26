package dev.stagewright.dockerfile.glob;

import java.util.ArrayList;

/**
 * A pattern of Go's {@code filepath.Match}: {@code *} and {@code ?} do not match a slash, brackets
 * contain characters and ranges ({@code ^} at the start negates), and the backslash escapes.
 */
public final class GlobPattern {
  private final String pattern;
  private final ElementMatcher matcher;

  private GlobPattern(String pattern, ElementMatcher matcher) {
    this.pattern = pattern;
    this.matcher = matcher;
  }

  /**
   * Parses a pattern.
   *
   * @throws BadPatternException if a bracket or an escape is not complete
   */
  public static GlobPattern parse(String pattern) {
    var in = new PatternReader(pattern);
    var elements = new ArrayList<PatternElement>();
    while (!in.atEnd()) {
      int c = in.next();
      elements.add(
          switch (c) {
            case '*' -> new PatternElement.AnyRun();
            case '?' -> new PatternElement.AnyOne();
            case '[' -> new PatternElement.OneOf(in.characterClass());
            case '\\' -> new PatternElement.Literal(in.next());
            default -> new PatternElement.Literal(c);
          });
    }
    return new GlobPattern(pattern, new ElementMatcher(elements));
  }

  /** Whether a path contains a wildcard that is not escaped. */
  public static boolean isWildcard(String path) {
    for (int i = 0; i < path.length(); i++) {
      switch (path.charAt(i)) {
        case '*', '?', '[' -> {
          return true;
        }
        case '\\' -> i++;
        default -> {}
      }
    }
    return false;
  }

  /** Whether the whole name matches. */
  public boolean matches(String name) {
    return matcher.matches(name);
  }

  /** The text of the pattern. */
  @Override
  public String toString() {
    return pattern;
  }
}
