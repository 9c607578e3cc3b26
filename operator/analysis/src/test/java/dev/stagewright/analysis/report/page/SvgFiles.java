package dev.stagewright.analysis.report.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** The pictures of a page as SVG files, each with the part of the style that it needs. */
final class SvgFiles {
  private static final int WIDTH = 960;
  private static final int MARGIN = 12;
  private static final int HEIGHT_OF_TREEMAP = 520;
  private static final Pattern HEIGHT =
      Pattern.compile("<svg class=\"[a-z ]+\" width=\"100%\" height=\"(\\d+)\"");

  private final Map<String, String> files = new LinkedHashMap<>();
  private final String style;

  SvgFiles(String html) {
    style = part(html, ":root", "* {") + part(html, "svg { display", "details {");
    add("layers.svg", html, "Size of each layer, as bars");
    add("files.svg", html, "Files by folder, as areas; the table has the largest ones");
    add("ladder.svg", html, "Estimated size on each base, as bars");
    add("times.svg", html, "Times of the stages, as a Gantt chart");
    add("stages.svg", html, "Stages and their dependencies, as a graph");
  }

  private static String part(String html, String start, String end) {
    var from = html.indexOf(start);
    return html.substring(from, html.indexOf(end, from));
  }

  List<String> names() {
    return List.copyOf(files.keySet());
  }

  String text(String name) {
    return Objects.requireNonNull(files.get(name), name);
  }

  private void add(String name, String html, String label) {
    var at = html.indexOf("aria-label=\"" + label + "\"");
    if (at < 0) {
      throw new IllegalArgumentException("the page has no picture: " + label);
    }
    var start = html.lastIndexOf("<svg", at);
    var picture = html.substring(start, end(html, start));
    var size = HEIGHT.matcher(picture);
    var height = size.lookingAt() ? Integer.parseInt(size.group(1)) : HEIGHT_OF_TREEMAP;
    files.put(name, file(picture, height));
  }

  /** The end of the svg element that starts at an index; it may contain others. */
  private static int end(String html, int start) {
    var depth = 0;
    var tags = Pattern.compile("<(/?)svg\\b").matcher(html);
    for (var found = tags.find(start); found; found = tags.find()) {
      depth += tags.group(1).isEmpty() ? 1 : -1;
      if (depth == 0) {
        return html.indexOf('>', tags.start()) + 1;
      }
    }
    throw new IllegalArgumentException("an svg element does not end");
  }

  private String file(String picture, int height) {
    var width = WIDTH + 2 * MARGIN;
    var total = height + 2 * MARGIN;
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d">
    <style>
    %3$ssvg { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif; }
    svg.narrow { display: block; }
    </style>
    <rect width="100%%" height="100%%" style="fill: var(--page)"/>
    <svg x="%4$d" y="%4$d" width="%5$d" height="%6$d">
    %7$s
    </svg>
    </svg>
    """
        .formatted(width, total, style, MARGIN, WIDTH, height, picture);
  }
}
