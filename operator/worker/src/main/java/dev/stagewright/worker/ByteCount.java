package dev.stagewright.worker;

import java.util.List;
import java.util.Locale;

/**
 * A number of bytes, formatted for users: {@code 12.3 MB}.
 *
 * @param bytes the number of bytes
 */
public record ByteCount(long bytes) {
  private static final List<String> UNITS = List.of("kB", "MB", "GB", "TB");
  private static final int STEP = 1000;

  @Override
  public String toString() {
    if (bytes < STEP) {
      return bytes + " B";
    }
    var value = (double) bytes / STEP;
    var unit = 0;
    while (value >= STEP && unit < UNITS.size() - 1) {
      value /= STEP;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, UNITS.get(unit));
  }
}
