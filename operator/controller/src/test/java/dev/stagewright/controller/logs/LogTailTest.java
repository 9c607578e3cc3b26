package dev.stagewright.controller.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The end of a log as users see it. */
class LogTailTest {
  private static final Failure FAILURE =
      Failure.of(
          FailureReason.RunFailed, "The command '/bin/sh -c make' returned a non-zero code: 2");
  private static final String ERROR = "ERROR: Dockerfile:3: " + FAILURE.message() + "\n";

  private static LogTail tail(String log) {
    return ContainerLog.of(log, true).tail();
  }

  @Test
  void tailIsOutputOfFailedStep() {
    var log = tail("[a 1/2] RUN true\nbefore\n[a 2/2] RUN make\nmaking\nno rule\n" + ERROR);

    assertThat(log.step()).contains("2/2 RUN make");
    assertThat(log.tail(FAILURE)).containsExactly("making", "no rule");
  }

  @Test
  void silentStepHasNoTail() {
    assertThat(tail("[a 1/2] FROM x\nold\n[a 2/2] RUN make\n" + ERROR).tail(FAILURE)).isEmpty();
    assertThat(tail("").tail(FAILURE)).isEmpty();
  }

  @Test
  void keepsErrorsOfCommand() {
    var log = tail("[a 2/2] RUN pip install x\nERROR: no matching distribution\n");

    assertThat(log.tail(FAILURE)).containsExactly("ERROR: no matching distribution");
  }

  @Test
  void progressBarIsOneLine() {
    var progress = new StringBuilder("[a 2/2] RUN curl\nfirst\n");
    for (var percent = 0; percent <= 100; percent++) {
      progress.append("\r\u001b[K").append(percent).append(" %");
    }

    assertThat(tail(progress + "\nlast\0\n" + ERROR).tail(FAILURE))
        .containsExactly("first", "100 %", "last");
  }

  @Test
  void limitsLinesAndBytes() {
    var log = tail("[a 2/2] RUN make\n" + ("\u5c3a".repeat(10_000) + "\n").repeat(100));

    assertThat(log.tail(FAILURE))
        .hasSizeBetween(10, 20)
        .allSatisfy(line ->
            assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(500));
    assertThat(String.join("\n", log.tail(FAILURE)).getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(8192);
  }

  @Test
  void phaseWithoutStepsShowsLastLines() {
    assertThat(tail("fetching\nno such branch\n").tail(FAILURE))
        .containsExactly("fetching", "no such branch");
  }
}
