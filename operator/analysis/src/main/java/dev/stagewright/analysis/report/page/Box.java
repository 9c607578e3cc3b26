package dev.stagewright.analysis.report.page;

import java.util.Locale;

/** A rectangle of a picture. */
record Box(double x, double y, double width, double height) {

  Box inset(double by, double top) {
    return new Box(x + by, y + top, Math.max(0, width - 2 * by), Math.max(0, height - top - by));
  }

  /** A coordinate as SVG has it. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** A coordinate that follows the width of the page. */
  static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * Math.clamp(fraction, 0, 1));
  }

  double area() {
    return width * height;
  }
}
