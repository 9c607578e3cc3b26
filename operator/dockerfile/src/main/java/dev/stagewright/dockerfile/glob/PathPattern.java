package dev.stagewright.dockerfile.glob;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern of moby's {@code patternmatcher}: {@link GlobPattern} with {@code **} for zero or more
 * directories. A pattern that begins with {@code **} and has no other wildcard matches every path
 * with that ending.
 */
public final class PathPattern {
  private final String pattern;
  private final ElementMatcher matcher;

  private PathPattern(String pattern, ElementMatcher matcher) {
    this.pattern = pattern;
    this.matcher = matcher;
  }

  /**
   * Parses a pattern.
   *
   * @throws BadPatternException if a bracket or an escape is not complete
   */
  public static PathPattern parse(String pattern) {
    var in = new PatternReader(pattern);
    var elements = new ArrayList<PatternElement>();
    while (!in.atEnd()) {
      int c = in.next();
      elements.add(
          switch (c) {
            case '*' -> in.take('*') ? folders(in) : new PatternElement.AnyRun();
            case '?' -> new PatternElement.AnyOne();
            case '[' -> new PatternElement.OneOf(in.characterClass());
            case '\\' -> new PatternElement.Literal(in.next());
            default -> new PatternElement.Literal(c);
          });
    }
    return new PathPattern(pattern, new ElementMatcher(suffixed(pattern, elements)));
  }

  private static PatternElement folders(PatternReader in) {
    in.take('/');
    return in.atEnd() ? new PatternElement.Anything() : new PatternElement.AnyFolders();
  }

  /**
   * {@code **x} matches any path that ends with x, but in {@code a**x} the wildcard only matches
   * whole directories.
   */
  private static List<PatternElement> suffixed(String pattern, List<PatternElement> elements) {
    boolean literal =
        elements.stream().skip(1).allMatch(PatternElement.Literal.class::isInstance)
            && pattern.indexOf('\\') < 0;
    if (!pattern.startsWith("**") || pattern.startsWith("**/") || !literal) {
      return elements;
    }
    var suffixed = new ArrayList<>(elements);
    suffixed.set(0, new PatternElement.Anything());
    return suffixed;
  }

  /** Whether the whole path matches; parent directories are not checked. */
  public boolean matches(String path) {
    return matcher.matches(path);
  }

  /** The text of the pattern. */
  @Override
  public String toString() {
    return pattern;
  }
}
