package dev.stagewright.dockerfile.source;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Suggestions for misspelled words: the most similar option, at most two edits away. */
public final class Suggestion {
  private static final int TOO_FAR = 3;

  private Suggestion() {}

  /** The most similar option; empty if no option is similar, or the word itself is an option. */
  public static Optional<String> nearest(
      String word, Collection<String> options, boolean caseSensitive) {
    var searched = caseSensitive ? word : word.toLowerCase(Locale.ROOT);
    Optional<String> best = Optional.empty();
    int least = TOO_FAR;
    for (var option : options.stream().sorted().toList()) {
      var candidate = caseSensitive ? option : option.toLowerCase(Locale.ROOT);
      int distance = distance(searched, candidate, least);
      if (distance == 0) {
        return Optional.empty();
      }
      if (distance < least) {
        least = distance;
        best = Optional.of(option);
      }
    }
    return best;
  }

  /** Appends {@code (did you mean x?)} to a message if an option is similar. */
  public static String append(
      String message, String word, Collection<String> options, boolean caseSensitive) {
    return nearest(word, options, caseSensitive)
        .map(near -> message + " (did you mean " + near + "?)")
        .orElse(message);
  }

  /** The Levenshtein distance, or {@code limit} if the distance is larger. */
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) >= limit) {
      return limit;
    }
    var previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      var current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return Math.min(previous[b.length()], limit);
  }
}
