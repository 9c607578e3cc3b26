package dev.stagewright.kubectl.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.kubectl.build.BuildEnd.Kind;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildEndTest {
  private static BuildEnd end(String status) {
    var build =
        Serialization.unmarshal(
            "metadata: {name: hello, namespace: team}\nstatus: {run: 3, observedGeneration: 1, "
                + status
                + "}",
            ImageBuild.class);
    return new BuildEnd(build, build.getStatus());
  }

  @ParameterizedTest
  @CsvSource({
    "RunFailed, FAILED",
    "DockerfileInvalid, FAILED",
    "PushUnauthorized, FAILED",
    "Timeout, TIMEOUT",
    "SourceNotReceived, TIMEOUT",
    "SourceStreamBroken, INFRASTRUCTURE",
    "RegistryUnavailable, INFRASTRUCTURE",
    "NodeLost, INFRASTRUCTURE",
    "Internal, INFRASTRUCTURE",
    "ReasonOfANewerOperator, FAILED"
  })
  void kindFollowsFromTheReason(String reason, Kind kind) {
    assertThat(end("phase: Failed, failure: {reason: " + reason + ", message: m}").kind())
        .isEqualTo(kind);
  }

  @Test
  void cancelledRunHasItsOwnKind() {
    assertThat(end("phase: Cancelled").kind()).isEqualTo(Kind.CANCELLED);
  }

  @Test
  void metadataOfASuccessHasTheKeysOfBuildx() {
    var end =
        end(
            "phase: Succeeded, image: {reference: 'r/x:1', digest: 'sha256:1', size: 1, layers: 1,"
                + " references: ['r/x:1', 'r/x:2']}");

    assertThat(end.kind()).isEqualTo(Kind.SUCCEEDED);
    assertThat(end.metadata())
        .containsEntry("containerimage.digest", "sha256:1")
        .containsEntry("image.name", "r/x:1,r/x:2");
    assertThat(end.pinned()).contains("r/x:1@sha256:1");
  }

  @Test
  void metadataOfAFailureHasTheExitCodeOfTheCommand() {
    var end =
        end(
            "phase: Failed, failure: {reason: RunFailed, message: m, stage: builder, line: 3,"
                + " exitCode: 42}");

    assertThat(String.valueOf(end.metadata().get("stagewright.build")))
        .contains("reason=RunFailed", "stage=builder", "line=3", "exitCode=42");
  }
}
