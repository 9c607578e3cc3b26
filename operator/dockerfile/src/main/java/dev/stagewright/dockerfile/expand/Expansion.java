package dev.stagewright.dockerfile.expand;

import java.util.List;
import java.util.Set;

/**
 * An expanded word.
 *
 * @param text with values in place of variables, without quotes and escapes
 * @param words the same, split at white space that was not quoted; white space in values splits too
 * @param matched names of the variables that were asked for and set
 * @param unmatched names of the variables that were asked for and not set, without those whose
 *     absence the word deals with, as {@code ${v:-w}} does
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
