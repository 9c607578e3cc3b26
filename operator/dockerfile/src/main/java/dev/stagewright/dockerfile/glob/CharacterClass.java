package dev.stagewright.dockerfile.glob;

import java.util.List;

/**
 * What stands in brackets.
 *
 * @param negated whether it is every other character; as in Go, a slash is one of those
 * @param ranges both ends included
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
