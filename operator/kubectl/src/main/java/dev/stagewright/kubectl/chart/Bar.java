package dev.stagewright.kubectl.chart;

import dev.stagewright.kubectl.chart.Row.State;
import dev.stagewright.kubectl.chart.Span.Kind;
import dev.stagewright.kubectl.terminal.Ink;
import dev.stagewright.kubectl.terminal.Ink.Style;

/** A row's line of the chart. */
record Bar(Axis axis, Glyphs glyphs, Ink ink) {

  /** As many columns as the axis has. */
  String draw(Row row) {
    var cells = new String[axis.columns()];
    for (int column = 0; column < cells.length; column++) {
      cells[column] = cell(row, column);
    }
    // However short, what ran is seen.
    row.spans().stream()
        .filter(span -> span.kind() == Kind.RUNS)
        .map(span -> axis.column(span.from()))
        .filter(column -> cells[column].isBlank() || cells[column].contains(glyphs.awaitsPod()))
        .forEach(column -> cells[column] = paint(row.state(), Kind.RUNS));
    end(row, cells);
    return String.join("", cells);
  }

  private void end(Row row, String[] cells) {
    if (row.started().isEmpty()) {
      return;
    }
    var last = row.end().map(axis::column).orElse(0);
    switch (row.state()) {
      case RUNNING -> cells[last] = ink.paint(Style.CYAN, glyphs.running());
      case FAILED -> cells[last] = ink.paint(Style.RED, glyphs.failed());
      case WAITING, PENDING, DONE, CANCELLED -> {}
    }
  }

  private String cell(Row row, int column) {
    var time = axis.middle(column);
    return row.spans().stream()
        .filter(span -> span.holds(time))
        .findFirst()
        .map(span -> paint(row.state(), span.kind()))
        .orElse(" ");
  }

  private String paint(State state, Kind kind) {
    return switch (kind) {
      case AWAITS_POD -> ink.paint(Style.DIM, glyphs.awaitsPod());
      case AWAITS_STAGE -> ink.paint(Style.YELLOW, glyphs.awaitsStage());
      case RUNS -> ink.paint(style(state), glyphs.runs());
    };
  }

  static Style style(State state) {
    return switch (state) {
      case DONE -> Style.GREEN;
      case FAILED -> Style.RED;
      case RUNNING -> Style.CYAN;
      case WAITING, PENDING -> Style.YELLOW;
      case CANCELLED -> Style.DIM;
    };
  }
}
