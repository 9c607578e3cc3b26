package dev.stagewright.analysis.size;

import java.util.Locale;

/**
 * A number of bytes in the form of messages: {@code 340 B}, {@code 1.1 MB}, {@code 312 MB}.
 *
 * @param bytes number of bytes, not negative
 */
public record DataSize(long bytes) {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};
  private static final int STEP = 1000;

  @Override
  public String toString() {
    double value = bytes;
    int unit = 0;
    while (value >= STEP - 0.5 && unit < UNITS.length - 1) {
      value /= STEP;
      unit++;
    }
    var format = unit == 0 || value >= 10 ? "%.0f %s" : "%.1f %s";
    return String.format(Locale.ROOT, format, value, UNITS[unit]);
  }
}
