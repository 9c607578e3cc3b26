package dev.stagewright.kubectl.chart;

import dev.stagewright.api.v1alpha1.KubernetesDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;

/**
 * Time as columns.
 *
 * @param columns how many, at least one
 */
record Axis(Instant from, Instant to, int columns) {
  /** In seconds: what people count time by. */
  private static final int[] STEPS = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400
  };

  private static final int LABEL_ROOM = 9;

  /** The column in which a moment is. */
  int column(Instant time) {
    var passed = Duration.between(from, time).toMillis();
    return (int) Math.clamp(passed * columns / total().toMillis(), 0L, columns - 1L);
  }

  /** The moment in the middle of a column. */
  Instant middle(int column) {
    return from.plusMillis(total().toMillis() * (2L * column + 1) / (2L * columns));
  }

  private Duration total() {
    var total = Duration.between(from, to);
    return total.isPositive() ? total : Duration.ofMillis(1);
  }

  /** A line of labels: the start, round times between, and the whole. */
  String ruler() {
    var line = new StringBuilder(" ".repeat(columns));
    var end = KubernetesDuration.format(total());
    var lastStart = Math.max(0, columns - end.length());
    var step =
        IntStream.of(STEPS)
            .filter(it -> total().toSeconds() * LABEL_ROOM <= (long) it * columns)
            .findFirst()
            .orElse(STEPS[STEPS.length - 1]);
    for (long second = 0; second < total().toSeconds(); second += step) {
      var label = KubernetesDuration.format(Duration.ofSeconds(second));
      var at = (int) (second * columns / Math.max(1, total().toSeconds()));
      if (at + label.length() < lastStart) {
        line.replace(at, at + label.length(), label);
      }
    }
    return line.replace(lastStart, lastStart + end.length(), end).toString();
  }
}
