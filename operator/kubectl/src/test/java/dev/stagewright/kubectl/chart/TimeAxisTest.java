package dev.stagewright.kubectl.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeAxisTest {
  private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

  private static TimeAxis axis(Duration total, int columns) {
    return new TimeAxis(START, START.plus(total), columns);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PT4S    | 0s        1s        2s        3s      4s",
        "PT95S   | 0s          30s          1m        1m35s",
        "PT2H10M | 0s       30m      1h       1h30m   2h10m",
        "PT0S    | 0s",
      })
  void labelsRoundTimesAndEnd(Duration total, String labels) {
    assertThat(axis(total, 40).labels().strip()).isEqualTo(labels);
    assertThat(axis(total, 40).labels()).hasSize(40);
  }

  @Test
  void everyTimeHasAColumn() {
    var axis = axis(Duration.ofSeconds(10), 20);

    assertThat(axis.column(START.minusSeconds(1))).isZero();
    assertThat(axis.column(START)).isZero();
    assertThat(axis.column(START.plusSeconds(5))).isEqualTo(10);
    assertThat(axis.column(START.plusSeconds(10))).isEqualTo(19);
    assertThat(axis.column(START.plusSeconds(99))).isEqualTo(19);
  }

  @Test
  void midpointIsInColumn() {
    var axis = axis(Duration.ofSeconds(7), 20);
    for (int column = 0; column < 20; column++) {
      assertThat(axis.column(axis.midpoint(column))).isEqualTo(column);
    }
  }
}
