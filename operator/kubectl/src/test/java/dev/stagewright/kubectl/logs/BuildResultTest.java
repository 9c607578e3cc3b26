package dev.stagewright.kubectl.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.kubectl.support.TestBuilds;
import org.junit.jupiter.api.Test;

class BuildResultTest {
  private static BuildResult of(String status) {
    return new BuildResult("hello", TestBuilds.status(status));
  }

  @Test
  void namesPushedImage() {
    var result =
        of(
            """
            phase: Succeeded
            duration: 40s
            image: {reference: 'r.example.com/hello:1', digest: 'sha256:5d9c', size: 1, layers: 1}
            """);

    assertThat(result.isSuccess()).isTrue();
    assertThat(result.message())
        .isEqualTo("hello: pushed r.example.com/hello:1@sha256:5d9c after 40s");
  }

  @Test
  void namesUnchangedImage() {
    var result =
        of(
            """
            phase: Succeeded
            duration: 2s
            conditions:
            - {type: Ready, status: 'True', lastTransitionTime: '2026-01-01T10:00:00Z', reason: Unchanged, message: ''}
            image: {reference: 'r.example.com/hello:1', digest: 'sha256:5d9c', size: 1, layers: 1}
            """);

    assertThat(result.isSuccess()).isTrue();
    assertThat(result.message())
        .isEqualTo("hello: unchanged r.example.com/hello:1@sha256:5d9c after 2s");
  }

  @Test
  void describesFailure() {
    var result =
        of(
            """
            phase: Failed
            duration: 9s
            failure: {reason: RunFailed, stage: builder, line: 3, message: exit code 2}
            """);

    assertThat(result.isSuccess()).isFalse();
    assertThat(result.message())
        .isEqualTo("hello: Failed after 9s: RunFailed, stage builder, line 3: exit code 2");
  }

  @Test
  void cancelledBuildIsNoSuccess() {
    var result = of("phase: Cancelled");

    assertThat(result.isSuccess()).isFalse();
    assertThat(result.message()).isEqualTo("hello: Cancelled");
  }
}
