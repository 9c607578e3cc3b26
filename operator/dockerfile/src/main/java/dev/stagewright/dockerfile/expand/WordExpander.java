package dev.stagewright.dockerfile.expand;

import dev.stagewright.dockerfile.source.GoText;
import java.util.List;
import java.util.Set;

/**
 * Expands variables in a word like BuildKit's shell lexer: {@code $v}, {@code ${v}}, {@code
 * ${v:-w}}, {@code ${v-w}}, {@code ${v:+w}}, {@code ${v+w}}, {@code ${v:?m}}, {@code ${v?m}},
 * {@code ${v#p}}, {@code ${v##p}}, {@code ${v%p}}, {@code ${v%%p}}, {@code ${v/p/r}}, {@code
 * ${v//p/r}}; words can be nested. Patterns support {@code *}, {@code ?} and the backslash.
 *
 * <p>Immutable; the methods that name an option return a copy with that option.
 *
 * @param escape the escape character
 * @param keepsQuotes whether quotes are kept
 * @param keepsEscapes whether escape characters are kept
 * @param quotesAreText whether quotes have no special meaning
 * @param keepsUnset whether variables without a value are kept unchanged
 */
public record WordExpander(
    char escape,
    boolean keepsQuotes,
    boolean keepsEscapes,
    boolean quotesAreText,
    boolean keepsUnset) {

  /**
   * An expander that removes quotes and escapes, and replaces unset variables with the empty
   * string.
   */
  public WordExpander(char escape) {
    this(escape, false, false, false, false);
  }

  /** Keeps quotes. */
  public WordExpander keepingQuotes() {
    return new WordExpander(escape, true, keepsEscapes, quotesAreText, keepsUnset);
  }

  /** Keeps escape characters. */
  public WordExpander keepingEscapes() {
    return new WordExpander(escape, keepsQuotes, true, quotesAreText, keepsUnset);
  }

  /** Treats quotes as text, for the body of a heredoc. */
  public WordExpander ignoringQuotes() {
    return new WordExpander(escape, keepsQuotes, keepsEscapes, true, keepsUnset);
  }

  /** Keeps variables without a value unchanged. */
  public WordExpander keepingUnset() {
    return new WordExpander(escape, keepsQuotes, keepsEscapes, quotesAreText, true);
  }

  /**
   * Expands a word.
   *
   * @throws ExpansionException if the syntax is invalid, a required variable ({@code ${v:?}}) is
   *     not set, or the result is too large
   */
  public Expansion expand(String word, Variables variables) {
    if (isPlain(word)) {
      return new Expansion(word, List.of(word), Set.of(), Set.of());
    }
    var scan = new WordScan(this, word, variables);
    try {
      return scan.run();
    } catch (SubstitutionException e) {
      throw new ExpansionException("failed to process " + GoText.quote(word) + ": " + e.reason());
    }
  }

  /** Whether the word has no variables, quotes, escapes or white space, as most words. */
  private boolean isPlain(String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c == '$' || c == '"' || c == '\'' || c == escape || GoText.isSpace(c)) {
        return false;
      }
    }
    return !word.isEmpty();
  }
}
