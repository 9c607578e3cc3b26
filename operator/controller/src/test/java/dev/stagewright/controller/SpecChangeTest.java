package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.Test;

/** A new generation of the spec replaces the run before. */
class SpecChangeTest {
  private final Walk walk = Walk.prepared(Builds.hello(), Plans.builderAndTarget());

  @Test
  void startsANewRunAndClearsTheOldOneAway() {
    walk.start("hello-1-s0").look();
    walk.change(Builds.spec("source: {inline: {dockerfile: FROM alpine}}")).look();

    assertThat(walk.cluster().names())
        .containsExactlyInAnyOrder("hello-2-request", "hello-2-workspace", "hello-2-prepare");
    assertThat(walk.status().observedGeneration()).isEqualTo(2);
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Preparing);
    assertThat(walk.status().stages()).isEmpty();
  }

  @Test
  void startsANewRunAfterAFinishedOneToo() {
    walk.evict("hello-1-s0").look();
    walk.evict("hello-1-s0-2").look();
    walk.evict("hello-1-s0-3").look();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Failed);

    walk.change(Builds.spec("source: {inline: {dockerfile: FROM alpine}}")).look();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Preparing);
    assertThat(walk.status().failure()).isNull();
  }

  @Test
  void doesNotPushWhileThePodOfTheOldRunMayStillPush() {
    walk.schedule("hello-1-s0").look();
    walk.stageEnds("hello-1-s0", "s0").stageEnds("hello-1-s1", "s1").look();
    var old =
        new PodBuilder(walk.start("hello-1-push").cluster().requirePod("hello-1-push")).build();
    old.getMetadata().setDeletionTimestamp("2026-11-21T10:00:00Z");
    walk.change(Builds.spec("source: {inline: {dockerfile: FROM alpine}}")).look();
    walk.cluster().put(old);
    var single = Plans.of(Plans.stage("s0", "0", Plans.image("alpine")));
    walk.prepareEnds(single).look();
    walk.stageEnds("hello-2-s0", "s0").look();
    assertThat(walk.cluster().names()).doesNotContain("hello-2-push");
    assertThat(walk.lookAgain()).isPresent();

    walk.cluster().remove("hello-1-push");
    walk.look();
    assertThat(walk.cluster().names()).contains("hello-2-push");
  }
}
