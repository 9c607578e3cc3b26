package dev.stagewright.kubectl.chart;

import dev.stagewright.analysis.size.DataSize;
import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.kubectl.chart.ChartRow.State;
import dev.stagewright.kubectl.chart.TextTable.Cell;
import dev.stagewright.kubectl.terminal.Ansi.Style;
import dev.stagewright.kubectl.terminal.Terminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws the tasks of a run, one per line. */
record GanttChart(Terminal terminal, Symbols symbols, PhaseTimes times) {
  private static final int MIN_AXIS_COLUMNS = 20;
  private static final int MAX_AXIS_COLUMNS = 60;
  private static final int MAX_NAME_LENGTH = 36;
  private static final int MIN_DETAIL_LENGTH = 24;
  private static final int GAPS = 12;

  List<String> lines(ChartRow prepare, List<ChartRow> stages, List<ChartRow> push) {
    var names = new ArrayList<String>();
    names.add(prepare.name());
    for (int i = 0; i < stages.size(); i++) {
      var branch = i == stages.size() - 1 ? symbols.lastBranch() : symbols.branch();
      names.add(branch + label(stages.get(i)));
    }
    push.forEach(row -> names.add(row.name()));
    var rows = new ArrayList<ChartRow>();
    rows.add(prepare);
    rows.addAll(stages);
    rows.addAll(push);
    var fixedColumns = fixedColumns(names, rows);
    var columns =
        Math.clamp(
            terminal.columns() - fixedColumns - MIN_DETAIL_LENGTH,
            MIN_AXIS_COLUMNS,
            MAX_AXIS_COLUMNS);
    var detailLength = Math.max(MIN_DETAIL_LENGTH, terminal.columns() - fixedColumns - columns);
    var axis = new TimeAxis(times.start(), times.end(), columns);
    var cells = new ArrayList<List<Cell>>();
    cells.add(header(axis));
    for (int i = 0; i < rows.size(); i++) {
      cells.add(cells(truncate(names.get(i), MAX_NAME_LENGTH), rows.get(i), axis, detailLength));
    }
    return new TextTable(cells).lines();
  }

  private String label(ChartRow row) {
    return row.dependencies().isEmpty()
        ? row.name()
        : row.name() + " " + symbols.dependsOn() + " " + String.join(", ", row.dependencies());
  }

  /** The number of columns outside of the time axis and the detail. */
  private static int fixedColumns(List<String> names, List<ChartRow> rows) {
    var name = names.stream().mapToInt(String::length).max().orElse(0);
    var node = rows.stream().mapToInt(row -> row.node().orElse("").length()).max().orElse(0);
    return Math.min(name, MAX_NAME_LENGTH) + node + "1m12s cancelled 999 MB".length() + GAPS;
  }

  private List<Cell> header(TimeAxis axis) {
    var ansi = terminal.ansi();
    return List.of(
        Cell.of(""),
        Cell.ofWidth(axis.columns(), ansi.format(Style.DIM, axis.labels())),
        Cell.of(""),
        Cell.of(""),
        Cell.of(""),
        Cell.of(""),
        Cell.of(""));
  }

  private List<Cell> cells(String name, ChartRow row, TimeAxis axis, int detailLength) {
    var ansi = terminal.ansi();
    return List.of(
        Cell.of(ansi, Style.BOLD, name),
        Cell.ofWidth(axis.columns(), new Bar(axis, symbols, ansi).draw(row)),
        Cell.right(duration(row)),
        Cell.of(ansi, Bar.style(row.state()), stateName(row.state())),
        Cell.of(row.node().orElse("")),
        Cell.right(row.size().map(DataSize::new).map(DataSize::toString).orElse("")),
        // A terminal wraps longer lines, which destroys the chart.
        Cell.of(terminal.interactive() ? truncate(row.detail(), detailLength) : row.detail()));
  }

  /** The time for which the container has run. */
  private static String duration(ChartRow row) {
    return row.started()
        .flatMap(start -> row.end().map(end -> Duration.between(start, end)))
        .map(KubernetesDuration::format)
        .orElse("");
  }

  private static String stateName(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private String truncate(String text, int length) {
    var ellipsis = terminal.unicode() ? "…" : "~";
    return text.length() <= length ? text : text.substring(0, length - 1) + ellipsis;
  }
}
