package dev.stagewright.kubectl.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.kubectl.support.Builds;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  private static Outcome of(String status) {
    return new Outcome("hello", Builds.status(status));
  }

  @Test
  void namesTheImageThatWasPushed() {
    var outcome =
        of(
            """
            phase: Succeeded
            duration: 40s
            image: {reference: 'r.example.com/hello:1', digest: 'sha256:5d9c', size: 1, layers: 1}
            """);

    assertThat(outcome.isGood()).isTrue();
    assertThat(outcome.sentence())
        .isEqualTo("hello: pushed r.example.com/hello:1@sha256:5d9c after 40s");
  }

  @Test
  void saysWhereAndWhyItFailed() {
    var outcome =
        of(
            """
            phase: Failed
            duration: 9s
            failure: {reason: RunFailed, stage: builder, line: 3, message: exit code 2}
            """);

    assertThat(outcome.isGood()).isFalse();
    assertThat(outcome.sentence())
        .isEqualTo("hello: Failed after 9s: RunFailed, stage builder, line 3: exit code 2");
  }

  @Test
  void aCancelledBuildIsNotGood() {
    var outcome = of("phase: Cancelled");

    assertThat(outcome.isGood()).isFalse();
    assertThat(outcome.sentence()).isEqualTo("hello: Cancelled");
  }
}
