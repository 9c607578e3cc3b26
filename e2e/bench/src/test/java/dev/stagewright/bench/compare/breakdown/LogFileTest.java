package dev.stagewright.bench.compare.breakdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogFileTest {
  private static final String LOG =
      """
      2026-01-02T03:04:05.100000000Z stderr F [builder 1/2] FROM busybox
      2026-01-02T03:04:05.200000000Z stdout F [builder 2/2] RUN make
      2026-01-02T03:04:06.300000001+00:00 stdout F stagewright-result sha256:1 abc
      2026-01-02T03:04:06.400000000Z stdout F done
      """;

  @Test
  void eventsAreStepsAndFramedLines() {
    var log = new LogFile(Optional.of(Instant.parse("2026-01-02T03:04:05Z")), LogFile.parse(LOG));

    assertThat(log.events())
        .containsEntry("container starts", Instant.parse("2026-01-02T03:04:05Z"))
        .containsEntry("first line", Instant.parse("2026-01-02T03:04:05.1Z"))
        .containsEntry("step 1 starts", Instant.parse("2026-01-02T03:04:05.1Z"))
        .containsEntry("step 2 starts", Instant.parse("2026-01-02T03:04:05.2Z"))
        .containsEntry("result printed", Instant.parse("2026-01-02T03:04:06.300000001Z"))
        .containsEntry("last line", Instant.parse("2026-01-02T03:04:06.4Z"));
  }

  @Test
  void incompleteLinesAreIgnored() {
    assertThat(LogFile.parse("2026-01-02T03:04:05Z stdout\n\n")).isEmpty();
  }
}
