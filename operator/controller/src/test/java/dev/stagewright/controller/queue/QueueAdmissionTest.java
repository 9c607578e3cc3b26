package dev.stagewright.controller.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.controller.run.RunInputs;
import dev.stagewright.controller.support.Builds;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QueueAdmissionTest {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();
  private static final String RUNS = "observedGeneration: 1\nphase: Building\n";
  private static final String DONE = "observedGeneration: 1\nphase: Succeeded\n";
  private static final String WAITS =
      """
      observedGeneration: 1
      phase: Queued
      queue: {position: 1, since: "2026-11-21T10:00:00Z", message: ""}
      """;

  private final Clock clock = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
  private final QueueAdmission admission = new QueueAdmission(new QueueLimits(1, 0), clock);
  private final ImageBuild first = build("first");
  private final ImageBuild second = build("second");

  @Test
  void assignsSlotOnceDespiteStaleCache() {
    assertThat(position(first)).isInstanceOf(QueuePosition.Admitted.class);
    assertThat(position(second)).isInstanceOf(QueuePosition.Queued.class);
    assertThat(position(first)).isInstanceOf(QueuePosition.Admitted.class);
  }

  @Test
  void runningBuildKeepsSlotAcrossRestart() {
    status(second, RUNS);

    assertThat(position(first)).isInstanceOf(QueuePosition.Queued.class);
    assertThat(position(second)).isInstanceOf(QueuePosition.Admitted.class);
  }

  @Test
  void selectsNextBuildForFreeSlot() {
    status(first, RUNS);
    status(second, WAITS);
    assertThat(admission.next(Stream.of(first, second))).isEmpty();

    status(first, DONE);
    assertThat(admission.next(Stream.of(first, second)))
        .singleElement()
        .extracting(QueueEntry::name)
        .isEqualTo("second");
  }

  @Test
  void deletedBuildReleasesSlot() {
    position(first);

    assertThat(admission.position(RunInputs.of(second), Stream.of(second)))
        .isInstanceOf(QueuePosition.Admitted.class);
  }

  @Test
  void remembersLastStartOfDeletedBuild() {
    var other = build("other");
    other.getMetadata().setNamespace("other-namespace");
    status(first, RUNS + "startTime: 2026-11-21T11:00:00Z\n");
    status(second, WAITS);
    status(other, WAITS.replace("T10:00", "T10:30"));
    assertThat(admission.next(Stream.of(first, second, other))).isEmpty();

    assertThat(admission.next(Stream.of(second, other)))
        .singleElement()
        .extracting(QueueEntry::name)
        .isEqualTo("other");
  }

  @Test
  void changedSpecIsQueuedAgain() {
    status(first, DONE);
    status(second, RUNS);
    first.getMetadata().setGeneration(2L);

    assertThat(position(first))
        .isEqualTo(
            new QueuePosition.Queued(
                1, clock.instant(), "all slots are taken (maxConcurrentBuilds: 1)"));
  }

  @Test
  void waitingTimeStartsWithFirstPosition() {
    status(first, RUNS);
    status(second, WAITS);

    assertThat(position(second))
        .isInstanceOfSatisfying(
            QueuePosition.Queued.class,
            position -> assertThat(position.since()).isEqualTo("2026-11-21T10:00:00Z"));
  }

  @Test
  void suspendedBuildNeedsNoSlot() {
    first.setSpec(Builds.spec("suspend: true\nsource: {inline: {dockerfile: FROM scratch}}"));

    assertThat(QueueEntry.of(RunInputs.of(first), clock.instant()).slotState())
        .isEqualTo(QueueEntry.SlotState.NONE);
  }

  @Test
  void quotaBlocksSlot() {
    status(
        first,
        """
        observedGeneration: 1
        phase: Queued
        conditions: [{type: Ready, status: Unknown, reason: QuotaExceeded}]
        """);

    assertThat(QueueEntry.of(RunInputs.of(first), clock.instant()).slotState())
        .isEqualTo(QueueEntry.SlotState.BLOCKED);
  }

  private QueuePosition position(ImageBuild build) {
    return admission.position(RunInputs.of(build), Stream.of(first, second));
  }

  private static void status(ImageBuild build, String yaml) {
    build.setStatus(YAML.unmarshal(yaml, ImageBuildStatus.class));
  }

  private static ImageBuild build(String name) {
    var build = Builds.hello();
    build.getMetadata().setName(name);
    build.getMetadata().setUid(name);
    return build;
  }
}
