package dev.stagewright.kubectl.terminal;

/**
 * Colours text, by the escape sequences of ECMA-48.
 *
 * @param coloured whether it does
 */
public record Ink(boolean coloured) {

  /** How text may look. */
  public enum Style {
    BOLD(1),
    DIM(2),
    RED(31),
    GREEN(32),
    YELLOW(33),
    BLUE(34),
    MAGENTA(35),
    CYAN(36);

    private final int code;

    Style(int code) {
      this.code = code;
    }
  }

  /** The text in this style; it takes as many columns as without. */
  public String paint(Style style, String text) {
    return coloured && !text.isEmpty() ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
  }
}
