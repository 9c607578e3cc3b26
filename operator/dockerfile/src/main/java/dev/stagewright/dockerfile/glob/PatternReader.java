package dev.stagewright.dockerfile.glob;

import dev.stagewright.dockerfile.glob.CharacterClass.Range;
import java.util.ArrayList;

/** Reads the characters of a pattern. */
final class PatternReader {
  private static final int END = -1;

  private final String pattern;
  private final int[] characters;
  private int at;

  PatternReader(String pattern) {
    this.pattern = pattern;
    this.characters = pattern.codePoints().toArray();
  }

  boolean atEnd() {
    return at == characters.length;
  }

  int peek() {
    return atEnd() ? END : characters[at];
  }

  int next() {
    if (atEnd()) {
      throw bad();
    }
    return characters[at++];
  }

  boolean take(int c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  /** Reads the rest of a character class, after the opening bracket. */
  CharacterClass characterClass() {
    boolean negated = take('^');
    var ranges = new ArrayList<Range>();
    while (ranges.isEmpty() || !take(']')) {
      int first = member();
      ranges.add(new Range(first, take('-') ? member() : first));
      if (atEnd()) {
        throw bad();
      }
    }
    return new CharacterClass(negated, ranges);
  }

  private int member() {
    int c = next();
    if (c == '-' || c == ']') {
      throw bad();
    }
    return c == '\\' ? next() : c;
  }

  private BadPatternException bad() {
    return new BadPatternException(pattern);
  }
}
