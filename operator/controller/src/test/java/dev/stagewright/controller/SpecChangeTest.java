package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.Test;

/** A new generation of the spec replaces the current run. */
class SpecChangeTest {
  private final Walk walk = Walk.prepared(Builds.hello(), Plans.builderAndTarget());

  @Test
  void newGenerationReplacesRunningRun() {
    walk.start("hello-1-s0").reconcile();
    walk.change(Builds.spec("source: {inline: {dockerfile: FROM alpine}}")).reconcile();
    walk.reconcile();

    assertThat(walk.cluster().names())
        .containsExactlyInAnyOrder("hello-2-request", "hello-2-workspace", "hello-2-worker");
    assertThat(walk.status().observedGeneration()).isEqualTo(2);
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Preparing);
    assertThat(walk.status().stages()).isEmpty();
  }

  @Test
  void newGenerationReplacesFinishedRun() {
    walk.evict("hello-1-s0").reconcile();
    walk.evict("hello-1-s0-2").reconcile();
    walk.evict("hello-1-s0-3").reconcile();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Failed);

    walk.change(Builds.spec("source: {inline: {dockerfile: FROM alpine}}")).reconcile();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Preparing);
    assertThat(walk.status().failure()).isNull();
  }

  @Test
  void waitsForPublishOfPreviousRun() {
    var old = new PodBuilder(walk.cluster().requirePod("hello-1-worker")).build();
    old.getMetadata().setDeletionTimestamp("2026-11-21T10:00:00Z");
    walk.change(Builds.spec("source: {inline: {dockerfile: FROM alpine}}")).reconcile();
    walk.cluster().put(old);
    walk.reconcile();
    assertThat(walk.cluster().names()).doesNotContain("hello-2-worker");
    assertThat(walk.status().conditions().getFirst().message())
        .isEqualTo("waiting for the worker Pod of the previous run to end");
    assertThat(walk.requeueAfter()).isPresent();

    walk.completePublish("hello-1-worker/publish").reconcile();
    assertThat(walk.cluster().names()).contains("hello-2-worker");
  }
}
