package dev.stagewright.dockerfile.parser;

/**
 * Masks shell arithmetic, {@code $(( 1 << 4 ))} and {@code (( x <<= 2 ))}, where {@code <<} is a
 * shift operator, not a heredoc. Quotes and escapes outside of arithmetic have the same effect as
 * in the shell.
 */
final class ArithmeticMask {
  private static final char FILL = '_';
  private static final String BEFORE_A_COMMAND = "$;&|(!{";

  private final String line;
  private final StringBuilder masked;

  private ArithmeticMask(String line) {
    this.line = line;
    this.masked = new StringBuilder(line);
  }

  static String of(String line) {
    return line.contains("((") ? new ArithmeticMask(line).mask() : line;
  }

  private String mask() {
    for (int at = 0; at < line.length(); at = indexAfter(at)) {
      if (line.startsWith("((", at) && canBegin(at)) {
        int end = end(at);
        for (int i = at; i < end; i++) {
          masked.setCharAt(i, FILL);
        }
        at = Math.max(at, end - 1);
      }
    }
    return masked.toString();
  }

  private boolean canBegin(int at) {
    char before = at == 0 ? ' ' : line.charAt(at - 1);
    return Character.isWhitespace(before) || BEFORE_A_COMMAND.indexOf(before) >= 0;
  }

  /**
   * The index after the two closing parentheses; the given index if the parentheses are two nested
   * subshells.
   */
  private int end(int start) {
    int open = 0;
    for (int at = start; at < line.length(); at = indexAfter(at)) {
      char c = line.charAt(at);
      if (c == '(') {
        open++;
      } else if (c == ')' && --open == 1) {
        return line.startsWith("))", at) ? at + 2 : start;
      }
    }
    return start;
  }

  /** The index after a character, an escaped character or a quoted text. */
  private int indexAfter(int at) {
    return switch (line.charAt(at)) {
      case '\\' -> Math.min(at + 2, line.length());
      case '\'' -> indexAfterQuote(at, line.indexOf('\'', at + 1));
      case '"' -> indexAfterQuote(at, closing(at));
      default -> at + 1;
    };
  }

  private int closing(int at) {
    int end = at + 1;
    while (end < line.length() && line.charAt(end) != '"') {
      end += line.charAt(end) == '\\' ? 2 : 1;
    }
    return end < line.length() ? end : -1;
  }

  private static int indexAfterQuote(int at, int closing) {
    return closing < 0 ? at + 1 : closing + 1;
  }
}
