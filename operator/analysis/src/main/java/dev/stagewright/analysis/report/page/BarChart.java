package dev.stagewright.analysis.report.page;

import java.util.List;

/**
 * Horizontal bars below each other, each under its label. Widths follow the page, and text does
 * not: it has the same size on a phone.
 *
 * @param bars from top to bottom
 * @param axis marks above the bars; may be empty
 */
record BarChart(List<Bar> bars, List<Tick> axis) {
  private static final int ROW = 40;
  private static final int AXIS = 24;
  private static final int TEXT = 14;
  private static final int BAR_TOP = 19;
  private static final int BAR_HEIGHT = 13;
  private static final double SMALLEST = 0.004;

  /** Copies the lists. */
  BarChart {
    bars = List.copyOf(bars);
    axis = List.copyOf(axis);
  }

  /**
   * A bar.
   *
   * @param label left above it; cut off if it is too long
   * @param value right above it
   * @param from its left end, as a fraction of the width
   * @param length as a fraction of the width
   * @param color class of the bar
   * @param title all about it
   */
  record Bar(String label, String value, double from, double length, String color, String title) {}

  /**
   * A mark of the axis.
   *
   * @param at fraction of the width
   */
  record Tick(double at, String label) {}

  void write(Markup out, String label) {
    var top = axis.isEmpty() ? 0 : AXIS;
    var height = top + ROW * bars.size();
    out.element(
        "svg",
        svg -> {
          axis.forEach(tick -> writeTick(svg, tick, height));
          for (var i = 0; i < bars.size(); i++) {
            writeBar(svg, bars.get(i), top + ROW * i);
          }
        },
        "class",
        "bars",
        "width",
        "100%",
        "height",
        String.valueOf(height),
        "role",
        "img",
        "aria-label",
        label);
  }

  private static void writeTick(Markup out, Tick tick, int height) {
    var x = Box.percent(tick.at());
    out.empty("line", "class", "tick", "x1", x, "x2", x, "y1", "18", "y2", String.valueOf(height));
    var anchor = tick.at() < 0.02 ? "start" : tick.at() > 0.9 ? "end" : "middle";
    out.text("text", tick.label(), "class", "axis", "x", x, "y", "13", "text-anchor", anchor);
  }

  private static void writeBar(Markup out, Bar bar, int y) {
    out.element(
        "g",
        group -> {
          group.text("title", bar.title());
          // Text in an svg element of its own is cut off at its border.
          group.element(
              "svg",
              clip -> clip.text("text", bar.label(), "x", "0", "y", String.valueOf(TEXT)),
              "width",
              "74%",
              "height",
              "18",
              "y",
              String.valueOf(y));
          group.text(
              "text",
              bar.value(),
              "class",
              "value",
              "x",
              "100%",
              "y",
              String.valueOf(y + TEXT),
              "text-anchor",
              "end");
          rect(group, "track", 0, 1, y);
          var length = Math.max(SMALLEST, bar.length());
          rect(group, "bar " + bar.color(), Math.min(bar.from(), 1 - length), length, y);
        });
  }

  private static void rect(Markup out, String kind, double from, double length, int y) {
    out.empty(
        "rect",
        "class",
        kind,
        "x",
        Box.percent(from),
        "width",
        Box.percent(length),
        "y",
        String.valueOf(y + BAR_TOP),
        "height",
        String.valueOf(BAR_HEIGHT),
        "rx",
        "3");
  }
}
