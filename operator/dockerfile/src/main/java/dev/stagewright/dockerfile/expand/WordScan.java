package dev.stagewright.dockerfile.expand;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Expands a word in one pass. */
final class WordScan {
  static final int END = -1;
  private static final int MOST_NESTED = 100;
  private static final int LONGEST_RESULT = 16 << 20;

  private final WordExpander options;
  private final Variables variables;
  private final Set<String> matched = new LinkedHashSet<>();
  private final Set<String> unmatched = new LinkedHashSet<>();
  private final String text;
  private int at;
  private boolean keepsEscapes;
  private int depth;
  private int written;

  WordScan(WordExpander options, String text, Variables variables) {
    this.options = options;
    this.text = text;
    this.variables = variables;
    this.keepsEscapes = options.keepsEscapes();
  }

  Expansion run() {
    var split = new WordSplit();
    var result = untilStop(END, split);
    return new Expansion(result, split.words(), matched, unmatched);
  }

  int peek() {
    return at < text.length() ? text.codePointAt(at) : END;
  }

  int next() {
    int c = peek();
    at += c == END ? 0 : Character.charCount(c);
    return c;
  }

  boolean keepsUnset() {
    return options.keepsUnset();
  }

  Optional<String> value(String name) {
    var value = variables.value(name);
    (value.isPresent() ? matched : unmatched).add(name);
    return value;
  }

  /** The value of a variable that may be unset, as in {@code ${v:-w}}. */
  Optional<String> valueOrHandled(String name) {
    var value = variables.value(name);
    value.ifPresent(v -> matched.add(name));
    return value;
  }

  /** Expands the text up to a stop character, and consumes the stop character. */
  String untilStop(int stop, boolean keepEscapes) {
    var outer = keepsEscapes;
    keepsEscapes = keepEscapes;
    if (++depth > MOST_NESTED) {
      throw new SubstitutionException("syntax error: substitutions are nested too deeply");
    }
    var result = untilStop(stop, new WordSplit());
    depth--;
    keepsEscapes = outer;
    return result;
  }

  private String untilStop(int stop, WordSplit split) {
    var result = new StringBuilder();
    for (int c = peek(); c != END; c = peek()) {
      if (c == stop) {
        next();
        return result.toString();
      }
      if (c == '$') {
        var value = dollar();
        split.add(value);
        append(result, value);
      } else if (c == '\'' && !options.quotesAreText()) {
        var value = singleQuoted();
        split.addWhole(value);
        append(result, value);
      } else if (c == '"' && !options.quotesAreText()) {
        var value = doubleQuoted();
        split.addWhole(value);
        append(result, value);
      } else if (c == '<') {
        var value = lessThan();
        split.addWhole(value);
        append(result, value);
      } else {
        plain(result, split);
      }
    }
    if (stop != END) {
      throw new SubstitutionException(
          "unexpected end of statement while looking for matching " + Character.toString(stop));
    }
    return result.toString();
  }

  /**
   * White space after {@code <<} is part of the word: the operator and the terminator of a heredoc
   * are one word.
   */
  private String lessThan() {
    int start = at++;
    if (peek() == '<') {
      next();
      while (peek() == ' ' || peek() == '\t' || peek() == '\r') {
        next();
      }
    }
    return text.substring(start, at);
  }

  private void plain(StringBuilder result, WordSplit split) {
    int c = next();
    if (c != options.escape()) {
      split.add(c);
      result.appendCodePoint(c);
      return;
    }
    if (keepsEscapes) {
      split.addWhole(c);
      result.appendCodePoint(c);
    }
    int escaped = next();
    if (escaped != END) {
      split.addWhole(escaped);
      result.appendCodePoint(escaped);
    }
  }

  private String singleQuoted() {
    int start = at;
    int end = text.indexOf('\'', at + 1);
    if (end < 0) {
      at = text.length();
      throw new SubstitutionException(
          "unexpected end of statement while looking for matching single-quote");
    }
    at = end + 1;
    return options.keepsQuotes() ? text.substring(start, at) : text.substring(start + 1, end);
  }

  private String doubleQuoted() {
    var result = new StringBuilder();
    next();
    if (options.keepsQuotes()) {
      result.append('"');
    }
    for (int c = peek(); c != END; c = peek()) {
      if (c == '"') {
        next();
        return options.keepsQuotes() ? result.append('"').toString() : result.toString();
      }
      if (c == '$') {
        append(result, dollar());
      } else {
        quotedCharacter(result);
      }
    }
    throw new SubstitutionException(
        "unexpected end of statement while looking for matching double-quote");
  }

  /** In double quotes the escape character only escapes the quote, the dollar sign and itself. */
  private void quotedCharacter(StringBuilder result) {
    int c = next();
    if (c == options.escape()) {
      if (keepsEscapes) {
        result.appendCodePoint(c);
      }
      int following = peek();
      if (following == END) {
        return;
      }
      if (following == '"' || following == '$' || following == options.escape()) {
        c = next();
      }
    }
    result.appendCodePoint(c);
  }

  private String dollar() {
    next();
    if (peek() == '{') {
      next();
      return new Substitution(this).read();
    }
    var name = name();
    if (name.isEmpty()) {
      return "$";
    }
    return value(name).orElse(keepsUnset() ? "$" + name : "");
  }

  /** A variable's name: letters, digits and underscores; or digits; or one special character. */
  String name() {
    int start = at;
    int first = peek();
    if (first != END && Character.isDigit(first)) {
      while (peek() != END && Character.isDigit(peek())) {
        next();
      }
    } else if (first != END && "@*#?-$!".indexOf(first) >= 0) {
      next();
    } else {
      while (peek() != END && (Character.isLetterOrDigit(peek()) || peek() == '_')) {
        next();
      }
    }
    return text.substring(start, at);
  }

  /**
   * Limits the size of the result, so that a chain of ENV instructions that double a value ends
   * with an error.
   */
  private void append(StringBuilder result, String value) {
    written += value.length();
    if (written > LONGEST_RESULT) {
      throw new SubstitutionException("the expanded text is larger than 16 MiB");
    }
    result.append(value);
  }
}
