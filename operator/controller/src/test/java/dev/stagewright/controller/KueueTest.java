package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Kueue, or a similar controller, delays Pods with scheduling gates. */
class KueueTest {

  @Test
  void podsHaveKueueLabels() {
    var build = Builds.hello();
    build
        .getMetadata()
        .setLabels(
            Map.of(
                "kueue.x-k8s.io/queue-name", "builds",
                "kueue.x-k8s.io/priority-class", "low",
                "team", "a"));
    var walk = new Walk(build).reconcile();

    assertThat(walk.cluster().requirePod("hello-1-worker").getMetadata().getLabels())
        .containsEntry("kueue.x-k8s.io/queue-name", "builds")
        .containsEntry("kueue.x-k8s.io/priority-class", "low")
        .doesNotContainKey("team");
  }

  @Test
  void gatedPrepareIsQueued() {
    var walk = new Walk(Builds.hello()).reconcile().gateScheduling("hello-1-worker").reconcile();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Queued);
    assertThat(walk.status().conditions().getFirst().reason()).isEqualTo("SchedulingGated");
    assertThat(walk.status().startTime()).isNull();

    walk.after(Duration.ofDays(2));
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Queued);

    walk.start("hello-1-worker").reconcile();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Preparing);
    assertThat(walk.status().startTime()).isNotNull();
  }

  @Test
  void gatedStageHasNoStartTimeout() {
    var walk = Walk.prepared(Builds.hello(), Plans.builderAndTarget());
    walk.gateScheduling("hello-1-s0").reconcile().after(Duration.ofMinutes(50));

    assertThat(walk.stage("s0").phase()).isEqualTo(StagePhase.Pending);
    assertThat(walk.stage("s0").reason()).isEqualTo("SchedulingGated");
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Building);
  }

  @Test
  void gatedStageDelaysDependentStage() {
    var walk = Walk.prepared(Builds.hello(), Plans.builderAndTarget());
    walk.gateScheduling("hello-1-s0").reconcile();
    assertThat(walk.cluster().names()).doesNotContain("hello-1-s1");

    walk.schedule("hello-1-s0").reconcile();
    assertThat(walk.cluster().names()).contains("hello-1-s1");
  }
}
