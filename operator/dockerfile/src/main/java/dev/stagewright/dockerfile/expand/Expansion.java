package dev.stagewright.dockerfile.expand;

import java.util.List;
import java.util.Set;

/**
 * The result of expanding a word.
 *
 * @param text with variables replaced by values, without quotes and escapes
 * @param words the text split at unquoted white space, including white space in values
 * @param matched names of the variables that are used and have a value
 * @param unmatched names of the variables that are used and have no value, except variables with a
 *     default such as {@code ${v:-w}}
 */
public record Expansion(
    String text, List<String> words, Set<String> matched, Set<String> unmatched) {
  /** Copies the collections. */
  public Expansion {
    words = List.copyOf(words);
    matched = Set.copyOf(matched);
    unmatched = Set.copyOf(unmatched);
  }
}
