package dev.stagewright.bench.compare.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes a comparison into a page of the documentation, between two comments, and its chart beside
 * the page.
 */
public record DocsPage(Path page) {
  private static final String BEGIN = "<!-- results of e2e/bench/compare -->\n";
  private static final String END = "<!-- end of results -->";

  /** Replaces the results in the page and the chart. */
  public void write(Comparison comparison) throws IOException {
    var chart = page.resolveSibling(page.getFileName().toString().replace(".md", ".svg"));
    Files.writeString(chart, new Chart(comparison).svg());
    var text = Files.readString(page);
    Files.writeString(page, insert(text, section(comparison, chart.getFileName().toString())));
  }

  /** Replaces the text between the comments. */
  static String insert(String page, String section) {
    var begin = page.indexOf(BEGIN);
    var end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("the page does not contain " + BEGIN + END);
    }
    return page.substring(0, begin + BEGIN.length()) + "\n" + section + "\n" + page.substring(end);
  }

  private static String section(Comparison comparison, String chart) {
    return """
    %s. %s.

    ![Median duration of builds in seconds](%s)

    %s%s\
    """
        .formatted(
            comparison.machine(),
            versions(comparison.versions()),
            chart,
            ResultTable.of(comparison).markdown(),
            notes(comparison));
  }

  private static String notes(Comparison comparison) {
    return new SharedStageNotes(comparison)
        .lines().stream().map(line -> "\n" + line + "\n").collect(Collectors.joining());
  }

  private static String versions(Map<String, String> versions) {
    return new TreeMap<>(versions)
        .entrySet().stream()
            .map(version -> ResultTable.title(version.getKey()) + " " + version.getValue())
            .collect(Collectors.joining(", "));
  }
}
