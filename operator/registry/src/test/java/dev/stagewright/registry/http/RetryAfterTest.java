package dev.stagewright.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryAfterTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0                             | 0",
        "120                           | 120",
        "Sat, 21 Nov 2026 12:00:30 GMT | 30",
        "Sat, 21 Nov 2026 11:00:00 GMT | 0",
      })
  void parsesSecondsAndTime(String value, int seconds) {
    assertThat(RetryAfter.parse(value, NOON)).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-1", "1.5", "99999999999999999999"})
  void ignoresInvalidValue(String value) {
    assertThat(RetryAfter.parse(value, NOON)).isEmpty();
  }

  @Test
  void ignoresEmptyValue() {
    assertThat(RetryAfter.parse("", NOON)).isEmpty();
  }
}
