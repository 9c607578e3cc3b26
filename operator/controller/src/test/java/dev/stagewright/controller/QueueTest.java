package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.QueueStatus;
import dev.stagewright.controller.queue.QueuePosition;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Walk;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A run in the queue. */
class QueueTest {
  private static final Instant SINCE = Instant.parse("2026-11-21T10:00:00Z");

  private final Walk walk = new Walk(Builds.hello()).queuePosition(waits(7)).reconcile();

  @Test
  void reportsPositionAndCreatesNothing() {
    assertThat(walk.cluster().names()).isEmpty();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Queued);
    assertThat(walk.status().queue())
        .isEqualTo(new QueueStatus(7, "2026-11-21T10:00:00Z", "all slots are taken"));
    assertThat(walk.status().startTime()).isNull();
    walk.assertSettled();
  }

  @Test
  void requeueIntervalGrowsWithPosition() {
    assertThat(walk.requeueAfter()).contains(Duration.ofSeconds(7));
    assertThat(walk.queuePosition(waits(1)).reconcile().requeueAfter())
        .contains(Duration.ofSeconds(5));
    assertThat(walk.queuePosition(waits(2000)).reconcile().requeueAfter())
        .contains(Duration.ofMinutes(5));
  }

  @Test
  void timeoutStartsAfterQueue() {
    walk.after(Duration.ofHours(3));
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Queued);

    walk.queuePosition(new QueuePosition.Admitted()).reconcile();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Preparing);
    assertThat(walk.status().queue()).isNull();
    assertThat(walk.after(Duration.ofMinutes(59)).status().phase()).isEqualTo(BuildPhase.Preparing);
    assertThat(walk.after(Duration.ofMinutes(2)).status().phase()).isEqualTo(BuildPhase.Failed);
  }

  @Test
  void recordsQueuedAndStartedEvents() {
    walk.queuePosition(waits(6))
        .reconcile()
        .queuePosition(new QueuePosition.Admitted())
        .reconcile();

    assertThat(walk.cluster().eventReasons()).containsExactly("Queued", "Started");
  }

  @Test
  void startedRunIsNotQueuedAgain() {
    var started = new Walk(Builds.hello()).reconcileWithoutStatusUpdate();

    assertThat(started.queuePosition(waits(1)).reconcile().status().phase())
        .isEqualTo(BuildPhase.Preparing);
  }

  @Test
  void deferredRunWritesNoStatus() {
    var walk = new Walk(Builds.hello()).queuePosition(new QueuePosition.Deferred()).reconcile();

    assertThat(walk.cluster().names()).isEmpty();
    assertThat(walk.cluster().events()).isEmpty();
    assertThat(walk.hasStatus()).isFalse();
    assertThat(walk.requeueAfter()).contains(Duration.ofMinutes(1));
  }

  @Test
  void invalidSpecFailsWithoutWaiting() {
    var walk =
        new Walk(
                Builds.hello(
                    """
                    source: {inline: {dockerfile: FROM a}}
                    output: {image: NOT AN IMAGE}
                    """))
            .queuePosition(waits(1))
            .reconcile();

    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Failed);
  }

  private static QueuePosition waits(int position) {
    return new QueuePosition.Queued(position, SINCE, "all slots are taken");
  }
}
