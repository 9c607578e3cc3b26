package dev.stagewright.kubectl.chart;

import dev.stagewright.kubectl.chart.ChartRow.State;
import dev.stagewright.kubectl.chart.Span.Kind;
import dev.stagewright.kubectl.terminal.Ansi;
import dev.stagewright.kubectl.terminal.Ansi.Style;

/** Draws the spans of a row on the time axis. */
record Bar(TimeAxis axis, Symbols symbols, Ansi ansi) {

  /** Returns the bar; it has as many columns as the axis. */
  String draw(ChartRow row) {
    var cells = new String[axis.columns()];
    for (int column = 0; column < cells.length; column++) {
      cells[column] = cell(row, column);
    }
    // A running span gets at least one column.
    row.spans().stream()
        .filter(span -> span.kind() == Kind.RUNNING)
        .map(span -> axis.column(span.from()))
        .filter(column -> cells[column].isBlank() || cells[column].contains(symbols.pending()))
        .forEach(column -> cells[column] = symbol(row.state(), Kind.RUNNING));
    markEnd(row, cells);
    return String.join("", cells);
  }

  private void markEnd(ChartRow row, String[] cells) {
    if (row.started().isEmpty()) {
      return;
    }
    var last = row.end().map(axis::column).orElse(0);
    switch (row.state()) {
      case RUNNING -> cells[last] = ansi.format(Style.CYAN, symbols.activeEnd());
      case FAILED -> cells[last] = ansi.format(Style.RED, symbols.failedEnd());
      case WAITING, PENDING, DONE, CACHED, CANCELLED -> {}
    }
  }

  private String cell(ChartRow row, int column) {
    var time = axis.midpoint(column);
    return row.spans().stream()
        .filter(span -> span.contains(time))
        .findFirst()
        .map(span -> symbol(row.state(), span.kind()))
        .orElse(" ");
  }

  private String symbol(State state, Kind kind) {
    return switch (kind) {
      case PENDING -> ansi.format(Style.DIM, symbols.pending());
      case WAITING -> ansi.format(Style.YELLOW, symbols.waiting());
      case RUNNING -> ansi.format(style(state), symbols.running());
    };
  }

  static Style style(State state) {
    return switch (state) {
      case DONE, CACHED -> Style.GREEN;
      case FAILED -> Style.RED;
      case RUNNING -> Style.CYAN;
      case WAITING, PENDING -> Style.YELLOW;
      case CANCELLED -> Style.DIM;
    };
  }
}
