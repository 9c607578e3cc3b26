package dev.stagewright.kubectl.progress;

import dev.stagewright.kubectl.terminal.Ansi;
import dev.stagewright.kubectl.terminal.TerminalText;
import java.util.List;

/**
 * Draws frames over one another. Every line is overwritten and then erased to its end, so that
 * nothing flickers; terminals that know synchronized updates show a frame at once.
 */
final class FramePainter {
  static final String HIDE_CURSOR = "\u001b[?25l";
  static final String SHOW_CURSOR = "\u001b[?25h";

  private static final String BEGIN_UPDATE = "\u001b[?2026h";
  private static final String END_UPDATE = "\u001b[?2026l";
  private static final String ERASE_LINE = "\u001b[K";
  private static final String ERASE_BELOW = "\u001b[J";

  private final Ansi ansi;
  private List<String> drawn = List.of();

  FramePainter(Ansi ansi) {
    this.ansi = ansi;
  }

  /**
   * Returns what draws the lines over the previous ones; empty if nothing has changed.
   *
   * @param columns width of the terminal
   */
  String paint(List<FrameLine> lines, int columns) {
    // The last column stays free: not all terminals wrap in the same way after it.
    var width = Math.max(1, columns - 1);
    var texts = lines.stream().map(line -> line.text(width)).toList();
    if (texts.equals(drawn)) {
      return "";
    }
    var output = new StringBuilder(BEGIN_UPDATE).append('\r');
    var rows = rows(columns);
    if (rows > 0) {
      output.append("\u001b[").append(rows).append('A');
    }
    lines.forEach(line -> output.append(line.format(ansi, width)).append(ERASE_LINE).append('\n'));
    drawn = texts;
    return output.append(ERASE_BELOW).append(END_UPDATE).toString();
  }

  /** The rows of the previous lines; a terminal that became narrower has wrapped them. */
  private int rows(int columns) {
    return drawn.stream()
        .mapToInt(line -> Math.max(1, Math.ceilDiv(new TerminalText(line).columns(), columns)))
        .sum();
  }
}
