package dev.stagewright.dockerfile.parser;

import dev.stagewright.dockerfile.source.GoText;
import java.util.ArrayList;
import java.util.List;

/** Splits the arguments of ENV, LABEL and ARG at white space outside of quotes. Quotes are kept. */
final class QuotedWords {
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private final String text;
  private final char escape;
  private boolean inWord;

  private QuotedWords(String text, char escape) {
    this.text = text;
    this.escape = escape;
  }

  static List<String> split(String text, char escape) {
    return new QuotedWords(text, escape).split();
  }

  private List<String> split() {
    char quote = 0;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (quote == 0 && GoText.isSpace(c)) {
        end();
        continue;
      }
      // Single quotes have no escapes, not even for the quote.
      if (c == escape && quote != '\'') {
        at++;
        if (at < text.length()) {
          inWord = true;
          word.append(c).append(text.charAt(at));
        }
        continue;
      }
      if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      }
      inWord = true;
      word.append(c);
    }
    end();
    return words;
  }

  private void end() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }
}
