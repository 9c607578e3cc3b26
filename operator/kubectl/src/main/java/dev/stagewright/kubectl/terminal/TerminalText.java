package dev.stagewright.kubectl.terminal;

/**
 * Printable text and its width on a terminal.
 *
 * @param text without control characters
 */
public record TerminalText(String text) {
  private static final String ELLIPSIS = "…";

  /** Ranges of East Asian wide and fullwidth characters: first and last of each. */
  private static final int[] WIDE = {
    0x1100, 0x115f, 0x2e80, 0x303e, 0x3041, 0x33ff, 0x3400, 0x4dbf, 0x4e00, 0xa4cf, 0xa960, 0xa97f,
    0xac00, 0xd7a3, 0xf900, 0xfaff, 0xfe30, 0xfe6f, 0xff01, 0xff60, 0xffe0, 0xffe6, 0x16fe0,
        0x18cff,
    0x1aff0, 0x1b2ff, 0x1f200, 0x1f265, 0x20000, 0x3fffd
  };

  /** The number of columns that the text needs. */
  public int columns() {
    return text.codePoints().map(TerminalText::columns).sum();
  }

  /**
   * The text, or as much of it as these columns have room for.
   *
   * @param ellipsis whether the last column shows that the text was cut
   */
  public TerminalText cut(int columns, boolean ellipsis) {
    if (columns() <= columns) {
      return this;
    }
    var room = Math.max(0, ellipsis ? columns - 1 : columns);
    var at = 0;
    while (at < text.length()) {
      var character = text.codePointAt(at);
      room -= columns(character);
      if (room < 0) {
        break;
      }
      at += Character.charCount(character);
    }
    return new TerminalText(text.substring(0, at) + (ellipsis && columns > 0 ? ELLIPSIS : ""));
  }

  private static int columns(int character) {
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT,
          Character.CONTROL ->
          0;
      default -> isWide(character) ? 2 : 1;
    };
  }

  private static boolean isWide(int character) {
    if (character < WIDE[0]) {
      return false;
    }
    for (int i = 0; i < WIDE.length; i += 2) {
      if (character >= WIDE[i] && character <= WIDE[i + 1]) {
        return true;
      }
    }
    return Character.isEmojiPresentation(character);
  }
}
