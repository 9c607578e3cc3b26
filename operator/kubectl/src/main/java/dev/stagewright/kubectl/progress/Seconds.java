package dev.stagewright.kubectl.progress;

import java.time.Duration;
import java.util.Locale;

/** Formats durations as seconds, as BuildKit does. */
final class Seconds {
  private static final double MILLIS = 1000;

  private Seconds() {}

  /** With a tenth of a second: {@code 1.2s}. */
  static String tenths(Duration duration) {
    return String.format(Locale.ROOT, "%.1fs", duration.toMillis() / MILLIS);
  }

  /** With milliseconds, without a unit: {@code 0.412}. */
  static String millis(Duration duration) {
    return String.format(Locale.ROOT, "%.3f", duration.toMillis() / MILLIS);
  }
}
