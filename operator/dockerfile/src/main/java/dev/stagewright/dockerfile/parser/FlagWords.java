package dev.stagewright.dockerfile.parser;

import dev.stagewright.dockerfile.source.GoText;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits the flags from the arguments of an instruction: the leading words that begin with {@code
 * --}, up to a bare {@code --}. Quotes and escape characters are removed.
 *
 * @param flags in order
 * @param rest the text after the flags
 */
record FlagWords(List<String> flags, String rest) {

  static FlagWords split(String text, char escape) {
    var flags = new ArrayList<String>();
    int at = 0;
    while (true) {
      while (at < text.length() && GoText.isSpace(text.charAt(at))) {
        at++;
      }
      if (!text.startsWith("--", at)) {
        return new FlagWords(flags, GoText.trim(text.substring(at)));
      }
      var flag = new StringBuilder();
      at = word(text, at, escape, flag);
      if (flag.toString().equals("--")) {
        return new FlagWords(flags, GoText.trim(text.substring(at)));
      }
      flags.add(flag.toString());
    }
  }

  /** Reads a word and returns the index after it. */
  private static int word(String text, int start, char escape, StringBuilder word) {
    char quote = 0;
    int at = start;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (quote == 0 && GoText.isSpace(c)) {
        break;
      }
      if (quote != 0 ? c == quote : c == '\'' || c == '"') {
        quote = quote == 0 ? c : 0;
      } else if (c == escape) {
        if (at + 1 < text.length()) {
          word.append(text.charAt(++at));
        }
      } else {
        word.append(c);
      }
    }
    return at;
  }
}
