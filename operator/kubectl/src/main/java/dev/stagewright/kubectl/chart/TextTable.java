package dev.stagewright.kubectl.chart;

import dev.stagewright.kubectl.terminal.Ansi;
import dev.stagewright.kubectl.terminal.Ansi.Style;
import java.util.List;

/**
 * A table with columns as wide as their widest cell. Cells may contain escape sequences; the width
 * of a cell is the width of its plain text.
 */
final class TextTable {
  private static final String GAP = "  ";

  private final List<List<Cell>> rows;

  TextTable(List<List<Cell>> rows) {
    this.rows = rows;
  }

  /**
   * A cell.
   *
   * @param plain text that determines the width
   * @param formatted text to print
   * @param right whether the text is aligned to the right
   */
  record Cell(String plain, String formatted, boolean right) {
    static Cell of(String text) {
      return new Cell(text, text, false);
    }

    static Cell right(String text) {
      return new Cell(text, text, true);
    }

    static Cell of(Ansi ansi, Style style, String text) {
      return new Cell(text, ansi.format(style, text), false);
    }

    /** A cell with a known width. */
    static Cell ofWidth(int width, String formatted) {
      return new Cell(" ".repeat(width), formatted, false);
    }

    private String padded(int width) {
      var padding = " ".repeat(Math.max(0, width - plain.length()));
      return right ? padding + formatted : formatted + padding;
    }
  }

  /** Returns the lines of the table without trailing spaces. */
  List<String> lines() {
    var count = rows.stream().mapToInt(List::size).max().orElse(0);
    var widths = new int[count];
    for (var row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], row.get(i).plain().length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<Cell> row, int[] widths) {
    var line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      if (widths[i] > 0) {
        line.append(line.isEmpty() ? "" : GAP).append(row.get(i).padded(widths[i]));
      }
    }
    return line.toString().stripTrailing();
  }
}
