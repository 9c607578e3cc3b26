package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.RunRecord;
import dev.stagewright.api.v1alpha1.TriggerStatus;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that start without a change of the spec. */
class RebuildTest {
  private static final String SOURCE = "source: {inline: {dockerfile: FROM busybox}}\n";

  private ImageBuild build = Builds.hello(SOURCE);

  private Walk succeeded(String spec) {
    build = Builds.hello(SOURCE + spec);
    var walk = Walk.prepared(build, Plans.builderAndTarget());
    finish(walk, 1);
    return walk;
  }

  private static void finish(Walk walk, int number) {
    walk.completeStage("hello-" + number + "-s0", "s0").reconcile();
    walk.completeStage("hello-" + number + "-s1", "s1").reconcile();
    walk.completePublish("hello-" + number + "-worker/publish").reconcile();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Succeeded);
  }

  private void rebuild(Walk walk, String value) {
    build.getMetadata().getAnnotations().put(ImageBuild.REBUILD_ANNOTATION, value);
    walk.reconcile();
  }

  @Test
  void annotationStartsAnotherRun() {
    var walk = succeeded("");

    rebuild(walk, "7");
    walk.reconcile();

    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Preparing);
    assertThat(walk.status().observedGeneration()).isEqualTo(1);
    assertThat(walk.status().run()).isEqualTo(2);
    assertThat(walk.status().trigger())
        .isEqualTo(
            new TriggerStatus(TriggerStatus.Type.Rebuild, "annotation stagewright.dev/rebuild: 7"));
    assertThat(walk.cluster().names()).contains("hello-2-worker");
    assertThat(walk.status().history())
        .extracting(RunRecord::run, RunRecord::phase)
        .containsExactly(tuple(1L, BuildPhase.Succeeded));
    assertThat(walk.cluster().events())
        .last()
        .asString()
        .contains("started run 2: annotation stagewright.dev/rebuild: 7");

    walk.completePrepareOf(2, Plans.builderAndTarget()).reconcile();
    finish(walk, 2);
    walk.assertSettled();
  }

  @Test
  void annotationReplacesAnActiveRun() {
    var walk = Walk.prepared(build, Plans.builderAndTarget());

    rebuild(walk, "7");
    walk.reconcile();

    assertThat(walk.cluster().names()).contains("hello-2-worker").doesNotContain("hello-1-s0");
    assertThat(walk.status().history().getFirst().reason()).isEqualTo("Replaced");
  }

  @ParameterizedTest
  @CsvSource({"LatestOnly, 8", "Queue, 7"})
  void annotationWaitsForTheActiveRunIfThePolicySaysSo(String policy, String next) {
    build = Builds.hello(SOURCE + "concurrencyPolicy: " + policy);
    var walk = Walk.prepared(build, Plans.builderAndTarget());

    rebuild(walk, "7");
    rebuild(walk, "8");
    assertThat(walk.status().run()).isEqualTo(1);
    finish(walk, 1);
    walk.reconcile().reconcile();

    assertThat(walk.status().run()).isEqualTo(2);
    assertThat(walk.status().observedRebuild()).isEqualTo(next);
  }

  @Test
  void scheduleStartsRuns() {
    var walk = succeeded("schedule: {cron: '@hourly'}");

    walk.after(Duration.ofHours(1)).reconcile();

    assertThat(walk.status().run()).isEqualTo(2);
    assertThat(walk.status().trigger())
        .extracting(TriggerStatus::type)
        .isEqualTo(TriggerStatus.Type.Schedule);
    assertThat(walk.status().lastScheduleTime()).isNotNull();
    walk.completePrepareOf(2, Plans.builderAndTarget()).reconcile();
    finish(walk, 2);
    walk.after(Duration.ofMinutes(10));
    assertThat(walk.status().run()).isEqualTo(2);
    assertThat(walk.requeueAfter().orElseThrow()).isLessThanOrEqualTo(Duration.ofHours(1));
  }

  @Test
  void invalidScheduleFailsTheRun() {
    var walk = new Walk(Builds.hello(SOURCE + "schedule: {cron: soon}")).reconcile();

    assertThat(walk.failure().message()).startsWith("spec.schedule.cron: \"soon\" is not a cron");
  }

  @Test
  void buildWithAScheduleIsNotDeleted() {
    var walk = succeeded("schedule: {cron: '@yearly'}\nttlAfterFinished: 1m");

    walk.after(Duration.ofMinutes(2));

    assertThat(walk.cluster().names()).isEmpty();
    assertThat(walk.cluster().events())
        .last()
        .asString()
        .contains("but not the ImageBuild: spec.schedule starts further runs");
  }
}
