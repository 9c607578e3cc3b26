package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.controller.queue.QueuePosition;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that the annotation {@code stagewright.dev/cancel} cancels. */
class CancelTest {
  private static final String SOURCE = "source: {inline: {dockerfile: FROM busybox}}\n";

  private ImageBuild build = Builds.hello(SOURCE);

  private Walk started(String spec) {
    build = Builds.hello(SOURCE + spec);
    return Walk.prepared(build, Plans.builderAndTarget()).start("hello-1-s0").reconcile();
  }

  private void annotate(String annotation, String value) {
    build.getMetadata().getAnnotations().put(annotation, value);
  }

  private void cancel(String run) {
    annotate(ImageBuild.CANCEL_ANNOTATION, run);
  }

  @Test
  void stopsThePodsOfTheRun() {
    var walk = started("");

    cancel("1");
    walk.reconcile();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Cancelled);
    assertThat(walk.condition("Ready")).isEqualTo("False Cancelled");
    assertThat(walk.condition("Stalled")).isEqualTo("True Cancelled");
    assertThat(walk.status().stages())
        .extracting(StageStatus::phase)
        .containsOnly(StagePhase.Cancelled);
    assertThat(walk.cluster().events())
        .last()
        .isEqualTo("Cancelled: run 1 was cancelled by the annotation stagewright.dev/cancel");

    walk.reconcile();
    assertThat(walk.cluster().names()).doesNotContain("hello-1-s0");
    assertThat(walk.status().completionTime()).isNotNull();
  }

  @Test
  void startsNothingForARunThatIsCancelledAtOnce() {
    cancel("1");
    var walk = new Walk(build).reconcile();

    assertThat(walk.cluster().names()).isEmpty();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Cancelled);
    assertThat(walk.cluster().eventReasons()).containsExactly("Cancelled");
    walk.assertSettled();
  }

  @Test
  void takesARunOutOfTheQueue() {
    var walk =
        new Walk(build)
            .queuePosition(new QueuePosition.Queued(3, new Walk(build).now(), "full"))
            .reconcile();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Queued);

    cancel("1");
    walk.reconcile();

    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Cancelled);
    assertThat(walk.status().queue()).isNull();
    assertThat(walk.status().startTime()).isNull();
    assertThat(walk.status().completionTime()).isNotNull();
    assertThat(walk.cluster().names()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "0", "all", ""})
  void otherValuesDoNotAffectTheRun(String value) {
    var walk = started("");

    cancel(value);
    walk.reconcile();

    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Building);
  }

  @Test
  void isTooLateAfterTheImageIsPushed() {
    var walk = started("");
    walk.completeStage("hello-1-s0", "s0").reconcile();
    walk.completeStage("hello-1-s1", "s1").completePublish("hello-1-worker/publish");

    cancel("1");
    walk.reconcile();

    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Succeeded);
  }

  @Test
  void laterRunsStartAsBefore() {
    var walk = started("");
    cancel("1");
    walk.reconcile().reconcile();

    annotate(ImageBuild.REBUILD_ANNOTATION, "again");
    walk.reconcile().reconcile();

    assertThat(walk.status().run()).isEqualTo(2);
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Preparing);
    assertThat(walk.status().history())
        .singleElement()
        .extracting("run", "phase", "reason")
        .containsExactly(1L, BuildPhase.Cancelled, "Cancelled");
  }

  @Test
  void cancelledRunLeavesTheQueueOfItsBuildToTheNext() {
    var walk = started("concurrencyPolicy: Queue");
    annotate(ImageBuild.REBUILD_ANNOTATION, "7");
    walk.reconcile();

    cancel("1");
    walk.reconcile().reconcile().reconcile();

    assertThat(walk.status().run()).isEqualTo(2);
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Preparing);
  }

  @Test
  void buildOfACancelledRunExpires() {
    var walk = started("ttlAfterFinished: 10m");
    cancel("1");
    walk.reconcile();

    assertThat(walk.after(Duration.ofMinutes(9)).cluster().isExpired()).isFalse();
    assertThat(walk.after(Duration.ofMinutes(2)).cluster().isExpired()).isTrue();
  }
}
