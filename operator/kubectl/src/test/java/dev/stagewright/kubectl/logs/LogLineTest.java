package dev.stagewright.kubectl.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLineTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "2026-01-01T10:00:00.5Z hello|2026-01-01T10:00:00.500Z|hello",
        "2026-01-01T12:00:00.5+02:00   indented|2026-01-01T10:00:00.500Z|  indented",
        "2026-01-01T10:00:00Z|2026-01-01T10:00:00Z|''",
        "unable to retrieve logs|''|unable to retrieve logs",
        "''|''|''",
      })
  void separatesTimestampFromText(String line, String time, String text) {
    assertThat(LogLine.parse(line))
        .isEqualTo(
            new LogLine(
                time.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(time)), text));
  }
}
