package dev.stagewright.analysis.report.page;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** The marks of a time axis: whole numbers of seconds, minutes, or hours. */
final class TimeTicks {
  private static final List<Integer> STEPS =
      List.of(1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400);
  private static final int MAX_TICKS = 5;

  private TimeTicks() {}

  static List<BarChart.Tick> of(Duration length) {
    var seconds = length.toMillis() / 1000.0;
    if (seconds <= 0) {
      return List.of();
    }
    var step =
        STEPS.stream()
            .filter(candidate -> seconds / candidate <= MAX_TICKS)
            .findFirst()
            .orElse(STEPS.getLast() * 7);
    return IntStream.rangeClosed(0, (int) (seconds / step))
        .mapToObj(
            i -> new BarChart.Tick(i * step / seconds, text(Duration.ofSeconds((long) i * step))))
        .toList();
  }

  /** A duration in its two largest units: {@code 1m12s}. */
  static String text(Duration duration) {
    var seconds = Math.max(0, Math.round(duration.toMillis() / 1000.0));
    if (seconds >= 3600) {
      var minutes = seconds / 60 % 60;
      return seconds / 3600 + "h" + (minutes == 0 ? "" : minutes + "m");
    }
    if (seconds >= 60) {
      return seconds / 60 + "m" + (seconds % 60 == 0 ? "" : seconds % 60 + "s");
    }
    return seconds + "s";
  }
}
