package dev.stagewright.bench.compare.result;

import dev.stagewright.bench.compare.workload.Workload;
import dev.stagewright.bench.compare.workload.Workloads;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A comparison as an SVG chart of durations: a group of bars for each workload. The longest bar of
 * a group has the full length, because durations of different workloads differ by orders of
 * magnitude. A line marks the aim. The colors follow the color scheme of the reader.
 */
public record Chart(Comparison comparison) {
  private static final int WIDTH = 920;
  private static final int LABEL = 330;
  private static final int BARS = 470;
  private static final int BAR = 14;
  private static final int GAP = 14;
  private static final int TOP = 44;

  private static final String STYLE =
      """
      <style>
        svg { color-scheme: light dark; font: 13px system-ui, sans-serif; }
        text { fill: #1f2328; }
        .stagewright { fill: #0969da; }
        .buildkit { fill: #8c959f; }
        .buildah { fill: #bc8cff; }
        .aim { stroke: #cf222e; stroke-width: 2; }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3; }
          .stagewright { fill: #4493f8; }
          .buildkit { fill: #6e7681; }
          .buildah { fill: #8957e5; }
          .aim { stroke: #ff7b72; }
        }
      </style>
      """;

  /** The chart as an SVG document. */
  public String svg() {
    var builders = ResultTable.builders(comparison);
    var body = new StringBuilder();
    legend(body, builders);
    var y = TOP;
    for (var workload : Workloads.all()) {
      var result =
          comparison.results().stream()
              .filter(it -> it.workload().equals(workload.name()))
              .findFirst();
      if (result.isPresent()) {
        group(body, workload, result.get(), builders, y);
        y += builders.size() * BAR + GAP;
      }
    }
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img">
    <title>Median duration of builds in seconds</title>
    """
            .formatted(WIDTH, y)
        + STYLE
        + body
        + "</svg>\n";
  }

  private static void legend(StringBuilder body, List<String> builders) {
    var x = LABEL;
    for (var builder : builders) {
      rectangle(body, builder, x, 12, 12);
      text(body, x + 18, 22, "start", ResultTable.title(builder));
      x += 120;
    }
    line(body, x, 12, 24);
    text(body, x + 8, 22, "start", "aim of Stagewright");
  }

  private static void group(
      StringBuilder body, Workload workload, WorkloadResult result, List<String> builders, int y) {
    var limit = AimCheck.of(workload.aim(), result).limit();
    var longest =
        builders.stream()
            .flatMap(builder -> result.seconds(builder).stream())
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(1);
    var scale = BARS / Math.max(longest, limit.orElse(0.0));
    text(body, LABEL - 10, y + BAR * builders.size() / 2 + 4, "end", workload.title());
    var top = y;
    for (var builder : builders) {
      bar(body, builder, result.seconds(builder), scale, top);
      top += BAR;
    }
    if (limit.isPresent()) {
      line(body, LABEL + limit.get() * scale, y - 2, top + 2);
    }
  }

  private static void bar(
      StringBuilder body, String builder, Optional<Double> seconds, double scale, int y) {
    if (seconds.isEmpty()) {
      text(body, LABEL + 4, y + 11, "start", "–");
      return;
    }
    var width = Math.max(1, seconds.get() * scale);
    rectangle(body, builder, LABEL, y + 1, width);
    text(body, LABEL + width + 5, y + 11, "start", label(seconds.get()));
  }

  private static String label(double seconds) {
    return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.1f s", seconds);
  }

  private static void rectangle(
      StringBuilder body, String style, double x, double y, double width) {
    body.append(
        String.format(
            Locale.ROOT,
            "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"12\"/>%n",
            style,
            x,
            y,
            width));
  }

  private static void line(StringBuilder body, double x, double from, double to) {
    body.append(
        String.format(
            Locale.ROOT,
            "<line class=\"aim\" x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$.1f\" y2=\"%3$.1f\"/>%n",
            x,
            from,
            to));
  }

  private static void text(StringBuilder body, double x, double y, String anchor, String text) {
    body.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
            x,
            y,
            anchor,
            text.replace("&", "&amp;").replace("<", "&lt;")));
  }
}
