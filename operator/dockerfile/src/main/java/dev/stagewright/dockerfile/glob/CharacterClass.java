package dev.stagewright.dockerfile.glob;

import java.util.List;

/**
 * A character class in brackets.
 *
 * @param negated whether the class matches all other characters; as in Go, including the slash
 * @param ranges inclusive ranges
 */
record CharacterClass(boolean negated, List<Range> ranges) {
  CharacterClass {
    ranges = List.copyOf(ranges);
  }

  boolean contains(int c) {
    return negated != ranges.stream().anyMatch(range -> range.first() <= c && c <= range.last());
  }

  record Range(int first, int last) {}
}
