package dev.stagewright.controller.assess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.podstatus.PodState;
import dev.stagewright.controller.run.Task;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StageBase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageStatesTest {
  @ParameterizedTest(name = "a stage that copies from one that is {0} may start: {1}")
  @CsvSource({
    "not started, false",
    "waiting for a node, false",
    "placed, true",
    "done, true",
    "to be tried again, false",
    "given up, false",
  })
  void aCopierStartsOnceWhatItWaitsForHasItsPlace(String state, boolean mayStart) {
    var plan = Plans.builderAndTarget();
    var board = new StageStates(plan, Map.of("s0", state(state)));

    assertThat(board.mayStart(plan.stage("s1"))).isEqualTo(mayStart);
    assertThat(board.mayStart(plan.stage("s0"))).isTrue();
  }

  @ParameterizedTest(name = "a stage on one that is {0} may start: {1}")
  @CsvSource({"placed, false", "done, true"})
  void aStageStartsOnceItsBaseIsDone(String state, boolean mayStart) {
    var plan =
        Plans.of(
            Plans.stage("s0", "a", Plans.image("x")),
            Plans.stage("s1", "b", new StageBase.Stage("s0")));
    var board = new StageStates(plan, Map.of("s0", state(state)));

    assertThat(board.mayStart(plan.stage("s1"))).isEqualTo(mayStart);
  }

  @Test
  void aDiamondStartsBothSidesAtOnce() {
    var plan =
        Plans.of(
            Plans.stage("s0", "top", Plans.image("x")),
            Plans.stage("s1", "left", Plans.image("x"), "s0"),
            Plans.stage("s2", "right", Plans.image("x"), "s0"),
            Plans.stage("s3", "bottom", Plans.image("x"), "s1", "s2"));
    var board = new StageStates(plan, Map.of("s0", state("placed")));

    assertThat(plan.stages().stream().skip(1).filter(board::mayStart))
        .extracting("name")
        .containsExactly("left", "right");
  }

  private static TaskState state(String name) {
    return switch (name) {
      case "not started" -> new TaskState.NotStarted();
      case "waiting for a node" -> new TaskState.Active(pod(Optional.empty()));
      case "placed" -> new TaskState.Active(pod(Optional.of("node-1")));
      case "done" -> new TaskState.Done(Optional.empty(), Optional.empty());
      case "to be tried again" -> new TaskState.Retrying(2, Instant.EPOCH, "lost");
      default -> new TaskState.Failed(Failure.of(FailureReason.RunFailed, "no"), Optional.empty());
    };
  }

  private static PodFacts pod(Optional<String> node) {
    return new PodFacts(
        "hello-1-s0",
        "uid",
        new Task.Stage("s0"),
        1,
        node,
        Instant.EPOCH,
        Optional.of(SandboxKind.IN_PLACE),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        false,
        new PodState.Pending(node.isPresent(), Instant.EPOCH, Optional.empty()));
  }
}
