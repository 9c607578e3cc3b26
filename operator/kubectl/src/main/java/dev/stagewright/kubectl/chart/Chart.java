package dev.stagewright.kubectl.chart;

import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.kubectl.chart.Columns.Cell;
import dev.stagewright.kubectl.chart.Row.State;
import dev.stagewright.kubectl.terminal.Ink.Style;
import dev.stagewright.kubectl.terminal.Terminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The parts of a run, one a line. */
record Chart(Terminal terminal, Glyphs glyphs, Milestones times) {
  private static final int FEWEST_COLUMNS = 20;
  private static final int MOST_COLUMNS = 60;
  private static final int LONGEST_NAME = 36;
  private static final int REMARK_ROOM = 24;
  private static final int GAPS = 12;

  List<String> lines(Row prepare, List<Row> stages, List<Row> push) {
    var names = new ArrayList<String>();
    names.add(prepare.name());
    for (int i = 0; i < stages.size(); i++) {
      var branch = i == stages.size() - 1 ? glyphs.lastBranch() : glyphs.branch();
      names.add(branch + label(stages.get(i)));
    }
    push.forEach(row -> names.add(row.name()));
    var rows = new ArrayList<Row>();
    rows.add(prepare);
    rows.addAll(stages);
    rows.addAll(push);
    var others = others(names, rows);
    var columns =
        Math.clamp(terminal.columns() - others - REMARK_ROOM, FEWEST_COLUMNS, MOST_COLUMNS);
    var remark = Math.max(REMARK_ROOM, terminal.columns() - others - columns);
    var axis = new Axis(times.start(), times.end(), columns);
    var cells = new ArrayList<List<Cell>>();
    cells.add(header(axis));
    for (int i = 0; i < rows.size(); i++) {
      cells.add(cells(cut(names.get(i), LONGEST_NAME), rows.get(i), axis, remark));
    }
    return new Columns(cells).lines();
  }

  private String label(Row row) {
    return row.needs().isEmpty()
        ? row.name()
        : row.name() + " " + glyphs.needs() + " " + String.join(", ", row.needs());
  }

  /** Columns that neither the axis nor the remark takes. */
  private static int others(List<String> names, List<Row> rows) {
    var name = names.stream().mapToInt(String::length).max().orElse(0);
    var node = rows.stream().mapToInt(row -> row.node().orElse("").length()).max().orElse(0);
    return Math.min(name, LONGEST_NAME) + node + "1m12s cancelled 999 MB".length() + GAPS;
  }

  private List<Cell> header(Axis axis) {
    var ink = terminal.ink();
    return List.of(
        Cell.of(""),
        Cell.drawn(axis.columns(), ink.paint(Style.DIM, axis.ruler())),
        Cell.of(""),
        Cell.of(""),
        Cell.of(""),
        Cell.of(""),
        Cell.of(""));
  }

  private List<Cell> cells(String name, Row row, Axis axis, int remark) {
    var ink = terminal.ink();
    return List.of(
        Cell.of(ink, Style.BOLD, name),
        Cell.drawn(axis.columns(), new Bar(axis, glyphs, ink).draw(row)),
        Cell.right(time(row)),
        Cell.of(ink, Bar.style(row.state()), word(row.state())),
        Cell.of(row.node().orElse("")),
        Cell.right(row.size().map(DataSize::new).map(DataSize::toString).orElse("")),
        // A terminal would break a longer line, and with it the chart.
        Cell.of(terminal.interactive() ? cut(row.remark(), remark) : row.remark()));
  }

  /** How long its container ran, or runs. */
  private static String time(Row row) {
    return row.started()
        .flatMap(start -> row.end().map(end -> Duration.between(start, end)))
        .map(KubernetesDuration::format)
        .orElse("");
  }

  private static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private String cut(String text, int length) {
    var mark = terminal.unicode() ? "…" : "~";
    return text.length() <= length ? text : text.substring(0, length - 1) + mark;
  }
}
