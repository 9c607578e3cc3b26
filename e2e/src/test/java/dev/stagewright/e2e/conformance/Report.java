package dev.stagewright.e2e.conformance;

import dev.stagewright.e2e.conformance.cases.Case;
import dev.stagewright.e2e.conformance.cases.Sandbox;
import dev.stagewright.e2e.conformance.compare.Difference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The results of a run, as a table and a list of differences. */
final class Report {
  private final Queue<Result> results = new ConcurrentLinkedQueue<>();
  private final Path folder;

  /**
   * Creates an empty report.
   *
   * @param folder folder for its files
   */
  Report(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder);
    Files.deleteIfExists(progress());
  }

  private Path progress() {
    return folder.resolve("progress.txt");
  }

  /**
   * The result of a case in a sandbox.
   *
   * @param differences differences that are not accepted
   * @param accepted number of accepted differences
   */
  record Result(
      Case origin, Sandbox sandbox, List<Difference> differences, long accepted, Duration took) {

    /** The case and its sandbox, the prefix of each line. */
    String name() {
      return origin.fullName() + " (" + sandbox.value() + ")";
    }

    /** One line for each difference. */
    List<String> lines() {
      return differences.stream().map(difference -> name() + ": " + difference).toList();
    }
  }

  /** Adds a result and writes it immediately, so that users can follow the progress. */
  synchronized void add(Result result) throws IOException {
    results.add(result);
    var lines = new ArrayList<>(result.lines());
    lines.add(
        "%s: %s in %.1f s"
            .formatted(
                result.name(),
                lines.isEmpty() ? "equal" : "different",
                result.took().toMillis() / 1000.0));
    Files.write(progress(), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** One line for each difference that is not accepted, in the order of the cases. */
  List<String> differences() {
    return results.stream().flatMap(result -> result.lines().stream()).sorted().toList();
  }

  /** One row for each group. */
  String table() {
    var rows = new TreeMap<String, Row>();
    for (var result : results) {
      rows.merge(result.origin().group(), Row.of(result), Row::plus);
    }
    var text = new StringBuilder(line("group", "builds", "passed", "accepted", "differing", "s"));
    rows.forEach((group, row) -> text.append(row.line(group)));
    rows.values().stream().reduce(Row::plus).ifPresent(all -> text.append(all.line("all")));
    return text.toString();
  }

  /** Writes the table and the differences. */
  void write() throws IOException {
    Files.writeString(folder.resolve("summary.txt"), table());
    Files.write(folder.resolve("differences.txt"), differences());
  }

  private static String line(Object... cells) {
    return "%-20s %8s %8s %9s %10s %8s%n".formatted(cells);
  }

  /** The sums over builds. */
  private record Row(int builds, int passed, long accepted, long differing, Duration took) {
    static Row of(Result result) {
      var differing = result.differences().size();
      return new Row(1, differing == 0 ? 1 : 0, result.accepted(), differing, result.took());
    }

    Row plus(Row other) {
      return new Row(
          builds + other.builds,
          passed + other.passed,
          accepted + other.accepted,
          differing + other.differing,
          took.plus(other.took));
    }

    String line(String group) {
      return Report.line(group, builds, passed, accepted, differing, took.toSeconds());
    }
  }
}
