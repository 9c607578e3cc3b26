package dev.stagewright.kubectl.chart;

import dev.stagewright.api.v1alpha1.KubernetesDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;

/**
 * The time axis of a chart.
 *
 * @param columns number of columns, at least one
 */
record TimeAxis(Instant from, Instant to, int columns) {
  /** Round intervals between labels, in seconds. */
  private static final int[] LABEL_INTERVALS = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400
  };

  private static final int MIN_LABEL_DISTANCE = 9;

  /** The column of a point in time. */
  int column(Instant time) {
    var elapsed = Duration.between(from, time).toMillis();
    return (int) Math.clamp(elapsed * columns / total().toMillis(), 0L, columns - 1L);
  }

  /** The point in time in the middle of a column. */
  Instant midpoint(int column) {
    return from.plusMillis(total().toMillis() * (2L * column + 1) / (2L * columns));
  }

  private Duration total() {
    var total = Duration.between(from, to);
    return total.isPositive() ? total : Duration.ofMillis(1);
  }

  /** A line of labels: the start, round times, and the total duration. */
  String labels() {
    var line = new StringBuilder(" ".repeat(columns));
    var end = KubernetesDuration.format(total());
    var lastStart = Math.max(0, columns - end.length());
    var interval =
        IntStream.of(LABEL_INTERVALS)
            .filter(it -> total().toSeconds() * MIN_LABEL_DISTANCE <= (long) it * columns)
            .findFirst()
            .orElse(LABEL_INTERVALS[LABEL_INTERVALS.length - 1]);
    for (long second = 0; second < total().toSeconds(); second += interval) {
      var label = KubernetesDuration.format(Duration.ofSeconds(second));
      var column = (int) (second * columns / Math.max(1, total().toSeconds()));
      if (column + label.length() < lastStart) {
        line.replace(column, column + label.length(), label);
      }
    }
    return line.replace(lastStart, lastStart + end.length(), end).toString();
  }
}
