package dev.stagewright.stage.path;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The {@code [a-z]} of a pattern.
 *
 * @param ranges first and last character of each
 * @param negated whether it means all others
 * @param end where the pattern goes on
 */
record CharacterClass(List<Range> ranges, boolean negated, int end) {
  record Range(int first, int last) {}

  /** Reads a class that begins at this place of a pattern; empty if it is malformed. */
  static Optional<CharacterClass> parse(String pattern, int start) {
    var at = start + 1;
    var negated = at < pattern.length() && pattern.charAt(at) == '^';
    at += negated ? 1 : 0;
    var ranges = new ArrayList<Range>();
    while (at < pattern.length()) {
      if (pattern.charAt(at) == ']' && !ranges.isEmpty()) {
        return Optional.of(new CharacterClass(List.copyOf(ranges), negated, at + 1));
      }
      at += pattern.charAt(at) == '\\' ? 1 : 0;
      if (at >= pattern.length()) {
        return Optional.empty();
      }
      var first = PathPattern.characterAt(pattern, at);
      at += PathPattern.characterLength(pattern, at);
      var last = first;
      if (at + 1 < pattern.length() && pattern.charAt(at) == '-') {
        at += pattern.charAt(at + 1) == '\\' ? 2 : 1;
        if (at >= pattern.length() || pattern.charAt(at) == ']') {
          return Optional.empty();
        }
        last = PathPattern.characterAt(pattern, at);
        at += PathPattern.characterLength(pattern, at);
      }
      ranges.add(new Range(first, last));
    }
    return Optional.empty();
  }

  boolean contains(int character) {
    for (var range : ranges) {
      if (range.first() <= character && character <= range.last()) {
        return !negated;
      }
    }
    return negated;
  }
}
