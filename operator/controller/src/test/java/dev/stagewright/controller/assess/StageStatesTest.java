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
  @ParameterizedTest(name = "needed stage {0}: {1}")
  @CsvSource({
    "not started, false",
    "unscheduled, false",
    "scheduled, true",
    "done, true",
    "retrying, false",
    "failed, false",
  })
  void startsAfterNeededStageIsScheduled(String state, boolean mayStart) {
    var plan = Plans.builderAndTarget();
    var states = new StageStates(plan, Map.of("s0", state(state)));

    assertThat(states.mayStart(plan.stage("s1"))).isEqualTo(mayStart);
    assertThat(states.mayStart(plan.stage("s0"))).isTrue();
  }

  @ParameterizedTest(name = "base stage {0}: {1}")
  @CsvSource({"scheduled, false", "done, true"})
  void startsAfterBaseStageIsDone(String state, boolean mayStart) {
    var plan =
        Plans.of(
            Plans.stage("s0", "a", Plans.image("x")),
            Plans.stage("s1", "b", new StageBase.Stage("s0")));
    var states = new StageStates(plan, Map.of("s0", state(state)));

    assertThat(states.mayStart(plan.stage("s1"))).isEqualTo(mayStart);
  }

  @Test
  void independentStagesStartTogether() {
    var plan =
        Plans.of(
            Plans.stage("s0", "top", Plans.image("x")),
            Plans.stage("s1", "left", Plans.image("x"), "s0"),
            Plans.stage("s2", "right", Plans.image("x"), "s0"),
            Plans.stage("s3", "bottom", Plans.image("x"), "s1", "s2"));
    var states = new StageStates(plan, Map.of("s0", state("scheduled")));

    assertThat(plan.stages().stream().skip(1).filter(states::mayStart))
        .extracting("name")
        .containsExactly("left", "right");
  }

  private static TaskState state(String name) {
    return switch (name) {
      case "not started" -> new TaskState.NotStarted();
      case "unscheduled" -> new TaskState.Active(pod(Optional.empty()));
      case "scheduled" -> new TaskState.Active(pod(Optional.of("node-1")));
      case "done" -> new TaskState.Done(Optional.empty(), Optional.empty());
      case "retrying" -> new TaskState.Retrying(2, Instant.EPOCH, "lost");
      default -> new TaskState.Failed(Failure.of(FailureReason.RunFailed, "no"), Optional.empty());
    };
  }

  private static PodFacts pod(Optional<String> node) {
    return new PodFacts(
        "hello-1-s0",
        "uid",
        new Task.Stage("s0"),
        "main",
        1,
        node,
        Instant.EPOCH,
        Optional.of(SandboxKind.IN_PLACE),
        false,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        false,
        false,
        new PodState.Pending(node.isPresent(), Instant.EPOCH, Optional.empty()));
  }
}
