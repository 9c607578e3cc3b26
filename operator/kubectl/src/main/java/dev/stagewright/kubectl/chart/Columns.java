package dev.stagewright.kubectl.chart;

import dev.stagewright.kubectl.terminal.Ink;
import dev.stagewright.kubectl.terminal.Ink.Style;
import java.util.List;

/**
 * A table whose columns are as wide as what they hold. Cells may be painted; their width is that of
 * the plain text.
 */
final class Columns {
  private static final String GAP = "  ";

  private final List<List<Cell>> rows;

  Columns(List<List<Cell>> rows) {
    this.rows = rows;
  }

  /**
   * A cell.
   *
   * @param plain what decides its width
   * @param painted what is printed
   */
  record Cell(String plain, String painted, boolean right) {
    static Cell of(String text) {
      return new Cell(text, text, false);
    }

    static Cell right(String text) {
      return new Cell(text, text, true);
    }

    static Cell of(Ink ink, Style style, String text) {
      return new Cell(text, ink.paint(style, text), false);
    }

    /** A cell whose text takes a known number of columns. */
    static Cell drawn(int width, String painted) {
      return new Cell(" ".repeat(width), painted, false);
    }

    private String padded(int width) {
      var padding = " ".repeat(Math.max(0, width - plain.length()));
      return right ? padding + painted : painted + padding;
    }
  }

  /** Lines without trailing blanks. */
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
