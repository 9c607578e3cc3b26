package dev.stagewright.controller.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogPollIntervalTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, 1, PT2S",
    "PT10S, 1, PT2S",
    "PT60S, 1, PT6S",
    "PT1H, 1, PT15S",
    "PT1H, 300, PT15S",
    "PT10S, 300, PT15S",
    "PT10S, 2000, PT1M40S"
  })
  void intervalGrowsWithAgeAndLoad(Duration age, int pods, Duration expected) {
    assertThat(LogPollInterval.next(age, pods)).isEqualTo(expected);
  }
}
