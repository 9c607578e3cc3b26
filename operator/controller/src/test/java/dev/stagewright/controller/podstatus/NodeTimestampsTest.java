package dev.stagewright.controller.podstatus;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NodeTimestampsTest {
  private static final Instant SCHEDULED = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration UNTIL_IT_RUNS = Duration.ofSeconds(3);
  private static final Duration UNTIL_THAT_IS_TOLD = Duration.ofSeconds(4);

  @Test
  void aClockThatIsRightNeedsNoCorrection() {
    assertThat(started(Duration.ZERO)).isEqualTo(SCHEDULED.plus(UNTIL_IT_RUNS));
  }

  @Test
  void aClockThatIsBehindIsCorrectedByWhenThePodGotItsNode() {
    assertThat(started(Duration.ofHours(-1))).isEqualTo(SCHEDULED.plus(UNTIL_IT_RUNS));
  }

  @Test
  void aClockThatIsAheadIsCorrectedByWhenTheApiServerWasTold() {
    assertThat(started(Duration.ofHours(1))).isEqualTo(SCHEDULED.plus(UNTIL_THAT_IS_TOLD));
  }

  @Test
  void aNodeThatIsSlowIsNotOneWhoseClockIsAhead() {
    var slow = Duration.ofMinutes(5);
    var pod = pod(SCHEDULED.plus(slow), SCHEDULED.plus(slow).plus(UNTIL_IT_RUNS), slow);
    assertThat(startedOn(pod)).isEqualTo(SCHEDULED.plus(slow).plus(UNTIL_IT_RUNS));
  }

  /** When a Pod started, by the stamps of a clock that is ahead by so much. */
  private static Instant started(Duration ahead) {
    var takenUp = SCHEDULED.plus(ahead);
    return startedOn(pod(takenUp, takenUp.plus(UNTIL_IT_RUNS), Duration.ZERO));
  }

  private static Instant startedOn(Pod pod) {
    var stamp =
        pod.getStatus().getContainerStatuses().getFirst().getState().getRunning().getStartedAt();
    return NodeTimestamps.of(pod).corrected(Instant.parse(stamp));
  }

  private static Pod pod(Instant takenUp, Instant startedAt, Duration toldLater) {
    return new PodBuilder()
        .withNewMetadata()
        .withCreationTimestamp(SCHEDULED.toString())
        .addNewManagedField()
        .withSubresource("status")
        .withTime(SCHEDULED.plus(UNTIL_THAT_IS_TOLD).plus(toldLater).toString())
        .endManagedField()
        .endMetadata()
        .withNewStatus()
        .withStartTime(takenUp.toString())
        .addNewCondition()
        .withType("PodScheduled")
        .withStatus("True")
        .withLastTransitionTime(SCHEDULED.toString())
        .endCondition()
        .addNewContainerStatus()
        .withName("main")
        .withNewState()
        .withNewRunning()
        .withStartedAt(startedAt.toString())
        .endRunning()
        .endState()
        .endContainerStatus()
        .endStatus()
        .build();
  }
}
