package dev.stagewright.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.PhaseRuntime;
import dev.stagewright.protocol.Termination;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptDirectoryTest {
  @TempDir private Path workspace;

  @Test
  void prepareLeavesThePlanForPublish() throws Exception {
    var phases = new Phases(workspace, "registry.example.com");

    assertThat(phases.prepare("FROM scratch\nCOPY a /a\n", Map.of("a", "1"))).isZero();

    var attempt = phases.attempt();
    assertThat(attempt.path()).isDirectoryContaining("glob:**/plan.json");
    assertThat(attempt.plan()).hasSameTextualContentAs(phases.planFile());
    assertThat(attempt.failed()).doesNotExist();
  }

  @Test
  void failedPrepareIsMarkedForPublish() throws Exception {
    var phases = new Phases(workspace, "registry.example.com");

    assertThat(phases.prepare("FROM scratch\nCOPY b /a\nNO", Map.of())).isEqualTo(20);

    assertThat(phases.attempt().failed()).exists();
    assertThat(phases.attempt().plan()).doesNotExist();
  }

  @Test
  void everyKindOfFailureIsMarked() {
    var failure = Failure.of(FailureReason.Internal, "broken");
    var bodies =
        List.<PhaseRuntime.Body>of(
            () -> new Termination.Failed(failure),
            () -> {
              throw new BuildFailedException(failure);
            },
            () -> {
              throw new InterruptedException();
            },
            () -> {
              throw new StackOverflowError();
            });

    for (var number = 0; number < bodies.size(); number++) {
      var attempt = attempt(number);
      try {
        var _ = attempt.markingFailure(bodies.get(number)).run();
      } catch (Exception | StackOverflowError _) {
        // The phase runtime reports it.
      }
      assertThat(attempt.failed()).as("failure %d", number).exists();
    }
  }

  @Test
  void successIsNotMarked() throws Exception {
    var prepared = new Termination.Prepared(Digest.of(new byte[0]));

    assertThat(attempt(1).markingFailure(() -> prepared).run()).isEqualTo(prepared);
    assertThat(attempt(1).failed()).doesNotExist();
  }

  @Test
  void theFailureIsThrownEvenIfItCannotBeMarked() throws Exception {
    Files.writeString(workspace.resolve("worker"), "not a directory");

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() ->
            attempt(1)
                .markingFailure(() -> {
                  throw new IllegalStateException("broken");
                })
                .run());
  }

  private AttemptDirectory attempt(int number) {
    return PhasePaths.of(
            List.of("--workspace", workspace.toString(), "--attempt", Integer.toString(number)))
        .attemptDirectory()
        .orElseThrow();
  }
}
