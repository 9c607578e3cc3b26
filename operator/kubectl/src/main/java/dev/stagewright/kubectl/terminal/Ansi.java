package dev.stagewright.kubectl.terminal;

/**
 * Formats text with ANSI escape sequences (ECMA-48).
 *
 * @param colored whether text gets escape sequences
 */
public record Ansi(boolean colored) {

  /** Text styles and colors. */
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

  /** Returns the text in this style; its width on the terminal does not change. */
  public String format(Style style, String text) {
    return colored && !text.isEmpty() ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
  }
}
