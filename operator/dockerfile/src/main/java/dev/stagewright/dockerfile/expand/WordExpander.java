package dev.stagewright.dockerfile.expand;

import dev.stagewright.dockerfile.source.GoText;
import java.util.List;
import java.util.Set;

/**
 * Expands variables in a word, as BuildKit's shell lexer does: {@code $v}, {@code ${v}}, {@code
 * ${v:-w}}, {@code ${v-w}}, {@code ${v:+w}}, {@code ${v+w}}, {@code ${v:?m}}, {@code ${v?m}},
 * {@code ${v#p}}, {@code ${v##p}}, {@code ${v%p}}, {@code ${v%%p}}, {@code ${v/p/r}}, {@code
 * ${v//p/r}}; words nest. Patterns know {@code *}, {@code ?} and the backslash.
 *
 * <p>Immutable; the methods that name a switch give a copy with that switch on.
 *
 * @param escape the escape token
 * @param keepsQuotes quotes stay in the text
 * @param keepsEscapes escape tokens stay in the text
 * @param quotesAreText quotes mean nothing
 * @param keepsUnset variables that are not set stay as written
 */
public record WordExpander(
    char escape,
    boolean keepsQuotes,
    boolean keepsEscapes,
    boolean quotesAreText,
    boolean keepsUnset) {

  /** Takes quotes and escapes away and lets unset variables be empty. */
  public WordExpander(char escape) {
    this(escape, false, false, false, false);
  }

  /** Leaves quotes in the text. */
  public WordExpander keepingQuotes() {
    return new WordExpander(escape, true, keepsEscapes, quotesAreText, keepsUnset);
  }

  /** Leaves escape tokens in the text. */
  public WordExpander keepingEscapes() {
    return new WordExpander(escape, keepsQuotes, true, quotesAreText, keepsUnset);
  }

  /** Sees nothing special in quotes, as in the body of a heredoc. */
  public WordExpander ignoringQuotes() {
    return new WordExpander(escape, keepsQuotes, keepsEscapes, true, keepsUnset);
  }

  /** Leaves variables that are not set as they are written. */
  public WordExpander keepingUnset() {
    return new WordExpander(escape, keepsQuotes, keepsEscapes, quotesAreText, true);
  }

  /**
   * Expands a word.
   *
   * @throws ExpansionException if its syntax is wrong, a {@code ${v:?}} is not met, or what comes
   *     out is unreasonably large
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

  /** Most words hold nothing to expand, take away or split at. */
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
