package dev.stagewright.stage.path;

/**
 * A wildcard pattern as Go's {@code filepath.Match} understands it, over raw paths, where {@code ?}
 * and classes take whole UTF-8 characters. With double stars, {@code **} also matches slashes.
 */
public final class PathPattern {
  private final String pattern;
  private final boolean doubleStars;

  private PathPattern(String pattern, boolean doubleStars) {
    this.pattern = pattern;
    this.doubleStars = doubleStars;
  }

  /** A pattern in which {@code *} stops at a slash. */
  public static PathPattern of(String pattern) {
    return new PathPattern(pattern, false);
  }

  /** A pattern in which {@code **} stands for any number of directories. */
  public static PathPattern withDoubleStars(String pattern) {
    return new PathPattern(pattern, true);
  }

  /** Whether a part of a path is more than a plain name. */
  public static boolean hasWildcard(String text) {
    for (var i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '\\' -> i++;
        case '*', '?', '[' -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }

  /** Takes the escapes out of a pattern without wildcards. */
  public static String unescape(String text) {
    return text.indexOf('\\') < 0 ? text : text.replaceAll("\\\\(.)", "$1");
  }

  /** Whether the pattern matches this whole raw path; a malformed pattern matches nothing. */
  public boolean matches(String path) {
    return matches(0, path, 0);
  }

  private boolean matches(int at, String path, int from) {
    if (at == pattern.length()) {
      return from == path.length();
    }
    var c = pattern.charAt(at);
    if (c == '*') {
      var isDouble = doubleStars && pattern.startsWith("**", at);
      return isDouble ? matchesDoubleStar(at + 2, path, from) : matchesStar(at + 1, path, from);
    }
    if (from == path.length()) {
      return false;
    }
    return switch (c) {
      case '?' ->
          path.charAt(from) != '/' && matches(at + 1, path, from + characterLength(path, from));
      case '[' -> {
        var characters = CharacterClass.parse(pattern, at);
        yield characters.isPresent()
            && path.charAt(from) != '/'
            && characters.get().contains(character(path, from))
            && matches(characters.get().end(), path, from + characterLength(path, from));
      }
      case '\\' ->
          at + 1 < pattern.length()
              && pattern.charAt(at + 1) == path.charAt(from)
              && matches(at + 2, path, from + 1);
      default -> c == path.charAt(from) && matches(at + 1, path, from + 1);
    };
  }

  private boolean matchesStar(int at, String path, int from) {
    for (var i = from; ; i++) {
      if (matches(at, path, i)) {
        return true;
      }
      if (i == path.length() || path.charAt(i) == '/') {
        return false;
      }
    }
  }

  private boolean matchesDoubleStar(int at, String path, int from) {
    var wholeDirectories = at < pattern.length() && pattern.charAt(at) == '/';
    var next = wholeDirectories ? at + 1 : at;
    for (var i = from; i <= path.length(); i++) {
      var possible = !wholeDirectories || i == from || path.charAt(i - 1) == '/';
      if (possible && matches(next, path, i)) {
        return true;
      }
    }
    return false;
  }

  private static int character(String raw, int at) {
    var length = characterLength(raw, at);
    var first = raw.charAt(at);
    if (length == 1) {
      return first;
    }
    var code = first & (0xff >> (length + 1));
    for (var i = 1; i < length; i++) {
      code = (code << 6) | (raw.charAt(at + i) & 0x3f);
    }
    return code;
  }

  /** Bytes of the UTF-8 character at a place; 1 for a byte that begins none. */
  static int characterLength(String raw, int at) {
    var first = raw.charAt(at);
    var length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
    if (at + length > raw.length()) {
      return 1;
    }
    for (var i = 1; i < length; i++) {
      if ((raw.charAt(at + i) & 0xc0) != 0x80) {
        return 1;
      }
    }
    return length;
  }

  static int characterAt(String raw, int at) {
    return character(raw, at);
  }
}
