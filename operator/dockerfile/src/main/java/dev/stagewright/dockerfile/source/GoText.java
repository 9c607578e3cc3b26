package dev.stagewright.dockerfile.source;

import java.util.Locale;

/**
 * Text functions with the rules of Go, which the Dockerfile language inherits: white space,
 * trimming, and quoting with {@code %q}.
 */
public final class GoText {
  private GoText() {}

  /** {@code unicode.IsSpace}. */
  public static boolean isSpace(int c) {
    return switch (c) {
      case '\t',
          '\n',
          0x0B,
          '\f',
          '\r',
          ' ',
          0x85,
          0xA0,
          0x1680,
          0x2028,
          0x2029,
          0x202F,
          0x205F,
          0x3000 ->
          true;
      default -> c >= 0x2000 && c <= 0x200A;
    };
  }

  /** {@code strings.TrimSpace}. */
  public static String trim(String text) {
    int end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return trimLeft(text.substring(0, end));
  }

  /** {@code strings.TrimLeftFunc(text, unicode.IsSpace)}. */
  public static String trimLeft(String text) {
    int start = 0;
    while (start < text.length() && isSpace(text.charAt(start))) {
      start++;
    }
    return text.substring(start);
  }

  /** Formats a string like {@code %q}. */
  public static String quote(String text) {
    var quoted = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().forEach(c -> appendQuoted(quoted, c, '"'));
    return quoted.append('"').toString();
  }

  /** Formats a number like {@code %q}: the character with that code point, in single quotes. */
  public static String quoteCharacter(int code) {
    var quoted = new StringBuilder("'");
    appendQuoted(quoted, Character.isValidCodePoint(code) ? code : 0xFFFD, '\'');
    return quoted.append('\'').toString();
  }

  /** Formats a list like {@code %q} formats a slice of strings: {@code ["a" "b"]}. */
  public static String quote(Iterable<String> texts) {
    var quoted = new StringBuilder("[");
    for (var text : texts) {
      if (quoted.length() > 1) {
        quoted.append(' ');
      }
      quoted.append(quote(text));
    }
    return quoted.append(']').toString();
  }

  private static void appendQuoted(StringBuilder to, int c, char quote) {
    switch (c) {
      case 0x07 -> to.append("\\a");
      case '\b' -> to.append("\\b");
      case '\f' -> to.append("\\f");
      case '\n' -> to.append("\\n");
      case '\r' -> to.append("\\r");
      case '\t' -> to.append("\\t");
      case 0x0B -> to.append("\\v");
      case '\\' -> to.append("\\\\");
      default -> {
        if (c == quote) {
          to.append('\\').append(quote);
        } else if (isPrintable(c)) {
          to.appendCodePoint(c);
        } else {
          to.append(escaped(c));
        }
      }
    }
  }

  private static String escaped(int c) {
    if (c < 0x80) {
      return String.format(Locale.ROOT, "\\x%02x", c);
    }
    return String.format(Locale.ROOT, c < 0x10000 ? "\\u%04x" : "\\U%08x", c);
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
