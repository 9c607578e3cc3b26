package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A node is lost: its Pods are being deleted, but no kubelet ends them. */
class LostNodeTest {
  private static Walk walk(String accessMode) {
    var spec =
        "source: {inline: {dockerfile: FROM x}}\nworkspace: {accessMode: " + accessMode + "}";
    var walk = Walk.prepared(Builds.hello(spec), Plans.builderAndTarget());
    return walk.start("hello-1-s0").reconcile();
  }

  @Test
  void waitsForPodDeletion() {
    var walk = walk("ReadWriteMany").requestDeletion("hello-1-s0").after(Duration.ofSeconds(20));

    assertThat(walk.cluster().names()).doesNotContain("hello-1-s0-2");
  }

  /** The request would block until the API server gives up on the node. */
  @Test
  void doesNotReadLogOfDeletedPod() {
    var walk = walk("ReadWriteMany").requestDeletion("hello-1-s0");
    walk.cluster().log("hello-1-s0", "[builder 1/1] FROM x\n");
    walk.after(Duration.ofSeconds(20));

    assertThat(walk.stage("s0").step()).isNull();
  }

  @Test
  void retriesOnAnotherNodeWithReadWriteMany() {
    var walk = walk("ReadWriteMany").requestDeletion("hello-1-s0").after(Duration.ofSeconds(31));

    assertThat(walk.cluster().names()).contains("hello-1-s0-2");
    assertThat(walk.cluster().requirePod("hello-1-s0-2").getSpec().getAffinity()).isNull();
    assertThat(walk.cluster().eventReasons()).contains("Retrying");
    walk.start("hello-1-s0-2").reconcile();
    walk.completeStage("hello-1-s0-2", "s0").reconcile();
    assertThat(walk.stage("s0").phase().name()).isEqualTo("Succeeded");
  }

  @Test
  void failsIfNodeWithWorkspaceIsLost() {
    var walk = walk("ReadWriteOnce").requestDeletion("hello-1-s0").after(Duration.ofSeconds(31));
    walk.cluster().loseNode("node-1");
    walk.unschedulable("hello-1-s0-2").after(Duration.ofMinutes(1));
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Building);
    assertThat(walk.stage("s0").reason()).isEqualTo("NodeLost");

    walk.after(Duration.ofMinutes(5));
    assertThat(walk.failure()).extracting("reason").isEqualTo("NodeLost");
    assertThat(walk.failure().message()).contains("node-1", "the workspace of the run");
  }

  @Test
  void fullNodeIsNotLost() {
    var walk = walk("ReadWriteOnce").evict("hello-1-s0").reconcile();
    walk.unschedulable("hello-1-s0-2").after(Duration.ofMinutes(30));

    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Building);
  }
}
