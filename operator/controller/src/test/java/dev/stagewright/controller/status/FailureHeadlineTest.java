package dev.stagewright.controller.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureHeadlineTest {
  private static String headline(String message) {
    return RunFailure.headline(
        new BuildFailure(
            "DockerfileInvalid", null, null, "Dockerfile", 1, null, message, null, List.of()));
  }

  @Test
  void containsTheLineOnce() {
    assertThat(headline("dockerfile parse error on line 1: unknown instruction: FORM"))
        .isEqualTo("dockerfile parse error on line 1: unknown instruction: FORM");
    assertThat(headline("no such image")).isEqualTo("line 1: no such image");
  }
}
