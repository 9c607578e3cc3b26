package dev.stagewright.analysis.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The axis of times. */
class TimeTicksTest {
  @Test
  void hasFewRoundMarks() {
    assertThat(TimeTicks.of(Duration.ofSeconds(211)))
        .extracting(BarChart.Tick::label)
        .containsExactly("0s", "1m", "2m", "3m");
    assertThat(TimeTicks.of(Duration.ofMillis(4200)))
        .extracting(BarChart.Tick::label)
        .containsExactly("0s", "1s", "2s", "3s", "4s");
    assertThat(TimeTicks.of(Duration.ZERO)).isEmpty();
    assertThat(TimeTicks.of(Duration.ofDays(60))).hasSizeLessThan(12);
  }

  @Test
  void durationsHaveTwoUnits() {
    assertThat(TimeTicks.text(Duration.ofSeconds(72))).isEqualTo("1m12s");
    assertThat(TimeTicks.text(Duration.ofMinutes(122))).isEqualTo("2h2m");
    assertThat(TimeTicks.text(Duration.ofHours(1))).isEqualTo("1h");
  }
}
