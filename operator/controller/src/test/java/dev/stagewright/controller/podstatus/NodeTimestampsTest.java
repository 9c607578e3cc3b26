package dev.stagewright.controller.podstatus;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NodeTimestampsTest {
  private static final Instant SCHEDULED = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration UNTIL_START = Duration.ofSeconds(3);
  private static final Duration UNTIL_STATUS_UPDATE = Duration.ofSeconds(4);

  @Test
  void correctClockNeedsNoCorrection() {
    assertThat(started(Duration.ZERO)).isEqualTo(SCHEDULED.plus(UNTIL_START));
  }

  @Test
  void correctsSlowClockByScheduling() {
    assertThat(started(Duration.ofHours(-1))).isEqualTo(SCHEDULED.plus(UNTIL_START));
  }

  @Test
  void correctsFastClockByStatusUpdate() {
    assertThat(started(Duration.ofHours(1))).isEqualTo(SCHEDULED.plus(UNTIL_STATUS_UPDATE));
  }

  @Test
  void slowNodeNeedsNoCorrection() {
    var slow = Duration.ofMinutes(5);
    var pod = pod(SCHEDULED.plus(slow), SCHEDULED.plus(slow).plus(UNTIL_START), slow);
    assertThat(startedOn(pod)).isEqualTo(SCHEDULED.plus(slow).plus(UNTIL_START));
  }

  /** The corrected start of a Pod on a node whose clock is ahead by this. */
  private static Instant started(Duration ahead) {
    var startTime = SCHEDULED.plus(ahead);
    return startedOn(pod(startTime, startTime.plus(UNTIL_START), Duration.ZERO));
  }

  private static Instant startedOn(Pod pod) {
    var timestamp =
        pod.getStatus().getContainerStatuses().getFirst().getState().getRunning().getStartedAt();
    return NodeTimestamps.of(pod).corrected(Instant.parse(timestamp));
  }

  private static Pod pod(Instant startTime, Instant startedAt, Duration updateDelay) {
    return new PodBuilder()
        .withNewMetadata()
        .withCreationTimestamp(SCHEDULED.toString())
        .addNewManagedField()
        .withSubresource("status")
        .withTime(SCHEDULED.plus(UNTIL_STATUS_UPDATE).plus(updateDelay).toString())
        .endManagedField()
        .endMetadata()
        .withNewStatus()
        .withStartTime(startTime.toString())
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
