package dev.stagewright.bench.compare.result;

import dev.stagewright.bench.compare.builder.BuildKit;
import dev.stagewright.bench.compare.builder.Buildah;
import dev.stagewright.bench.compare.builder.Stagewright;
import dev.stagewright.bench.compare.workload.Workload;
import dev.stagewright.bench.compare.workload.Workloads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A comparison as a table of medians, one row for each workload.
 *
 * @param header names of the columns
 */
public record ResultTable(List<String> header, List<List<String>> rows) {
  /** The builders in the order of the table. */
  static final List<String> ORDER =
      List.of(Stagewright.NAME, Stagewright.UNCHECKED, BuildKit.NAME, Buildah.NAME);

  private static final int FIRST_NUMBER = 1;
  private static final String LAST_NUMBER = "Rounds";

  /** The table of a comparison. */
  public static ResultTable of(Comparison comparison) {
    var builders = builders(comparison);
    var header = new ArrayList<>(List.of("Workload"));
    for (var builder : builders) {
      header.add(title(builder) + ": s");
      header.add("processor s");
      if (builder.equals(Stagewright.NAME)) {
        header.add("Pods");
      }
    }
    header.addAll(List.of("S", LAST_NUMBER, "Aim", "Met"));
    var rows = new ArrayList<List<String>>();
    for (var workload : Workloads.all()) {
      comparison.results().stream()
          .filter(result -> result.workload().equals(workload.name()))
          .map(result -> row(workload, result, builders))
          .forEach(rows::add);
    }
    return new ResultTable(header, rows);
  }

  /** The builders with at least one sample, in the order of the table. */
  static List<String> builders(Comparison comparison) {
    var present =
        comparison.results().stream()
            .flatMap(result -> result.samples().stream())
            .map(Sample::builder)
            .collect(Collectors.toSet());
    return ORDER.stream().filter(present::contains).toList();
  }

  /** The name of a builder as its project writes it. */
  static String title(String builder) {
    return switch (builder) {
      case Stagewright.NAME -> "Stagewright";
      case Stagewright.UNCHECKED -> "without checks";
      case BuildKit.NAME -> "BuildKit";
      case Buildah.NAME -> "Buildah";
      default -> builder;
    };
  }

  private static List<String> row(Workload workload, WorkloadResult result, List<String> builders) {
    var cells = new ArrayList<>(List.of(workload.title()));
    for (var builder : builders) {
      cells.add(
          result.failures().containsKey(builder) ? "failed" : number(result.seconds(builder)));
      cells.add(number(result.cpuSeconds(builder)));
      if (builder.equals(Stagewright.NAME)) {
        cells.add(result.pods(builder).map(pods -> Integer.toString(pods)).orElse(""));
      }
    }
    var check = AimCheck.of(workload.aim(), result);
    cells.add(number(result.podStart()));
    cells.add(Integer.toString(result.rounds()));
    cells.add(check.text());
    cells.add(check.verdict());
    return cells;
  }

  private static String number(Optional<Double> value) {
    return value.map(AimCheck::decimal).orElse("");
  }

  /** The table for a terminal. */
  public String text() {
    var widths =
        IntStream.range(0, header.size())
            .map(column ->
                lines().stream().mapToInt(line -> line.get(column).length()).max().orElse(0))
            .toArray();
    return lines().stream()
        .map(line ->
            IntStream.range(0, line.size())
                .mapToObj(column -> pad(line.get(column), widths[column], column))
                .collect(Collectors.joining("  "))
                .stripTrailing())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private String pad(String cell, int width, int column) {
    var blanks = " ".repeat(width - cell.length());
    return isNumber(column) ? blanks + cell : cell + blanks;
  }

  private boolean isNumber(int column) {
    return column >= FIRST_NUMBER && column <= header.indexOf(LAST_NUMBER);
  }

  /** The table in Markdown. */
  public String markdown() {
    var rule =
        IntStream.range(0, header.size())
            .mapToObj(column -> isNumber(column) ? "--:" : "---")
            .collect(Collectors.joining("|", "|", "|"));
    return line(header)
        + rule
        + "\n"
        + rows.stream().map(ResultTable::line).collect(Collectors.joining());
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private List<List<String>> lines() {
    var lines = new ArrayList<List<String>>();
    lines.add(header);
    lines.addAll(rows);
    return lines;
  }
}
