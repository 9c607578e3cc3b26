package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.controller.cluster.Cluster.Creation;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A stage has lost its Pod, and a Pod that waits for the stage occupies the only slot. */
class IdlePodPreemptionTest {
  private static final String WAITS =
      "[1 2/2] COPY --from=builder /x /x\nwaiting for stage \"builder\"\n";
  private static final Creation QUOTA_EXCEEDED = new Creation.QuotaExceeded("exceeded quota: one");

  /** The Pod of the target runs while the stage that it copies from is built. */
  private static Walk startBoth(String spec) {
    var walk = Walk.prepared(Builds.hello(spec), Plans.builderAndTarget());
    walk.start("hello-1-s0").reconcile().start("hello-1-s1");
    walk.cluster().log("hello-1-s1", WAITS);
    return walk.reconcile();
  }

  private static Walk startBoth() {
    return startBoth("source: {inline: {dockerfile: FROM x}}");
  }

  /** The quota has room again after the Pod of the target is deleted. */
  private static void evictAndRefuse(Walk walk, String pod, String next) {
    walk.evict(pod);
    walk.cluster().refuse(next, QUOTA_EXCEEDED);
    walk.reconcile();
    walk.cluster().accept(next);
  }

  @Test
  void preemptsIdlePodInQuota() {
    var walk = startBoth();
    evictAndRefuse(walk, "hello-1-s0", "hello-1-s0-2");
    assertThat(walk.cluster().names()).doesNotContain("hello-1-s1");

    walk.reconcile();
    assertThat(walk.cluster().names()).contains("hello-1-s0-2").doesNotContain("hello-1-s1-2");
    assertThat(walk.stage("s1"))
        .extracting("phase", "reason")
        .containsExactly(StagePhase.Waiting, "WaitsForStage");

    walk.start("hello-1-s0-2").reconcile();
    assertThat(walk.cluster().names()).contains("hello-1-s1-2");
    walk.completeStage("hello-1-s0-2", "s0").completeStage("hello-1-s1-2", "s1").reconcile();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Pushing);
  }

  @Test
  void preemptsIdlePodOnFullNode() {
    var walk = startBoth().evict("hello-1-s0").reconcile();
    walk.unschedulable("hello-1-s0-2").after(Duration.ofSeconds(5));
    assertThat(walk.cluster().names()).contains("hello-1-s1");

    walk.after(Duration.ofSeconds(6));
    assertThat(walk.cluster().names()).contains("hello-1-s0-2").doesNotContain("hello-1-s1");
  }

  @Test
  void keepsWorkingPod() {
    var walk = startBoth();
    walk.cluster().log("hello-1-s1", "[1 2/3] RUN make\ncc -c main.c\n");
    evictAndRefuse(walk, "hello-1-s0", "hello-1-s0-2");

    assertThat(walk.cluster().names()).contains("hello-1-s1");
  }

  @Test
  void keepsIdlePodWhileOtherIsScheduled() {
    var walk = startBoth().evict("hello-1-s0").reconcile();
    walk.schedule("hello-1-s0-2").after(Duration.ofMinutes(1));

    assertThat(walk.cluster().names()).contains("hello-1-s0-2", "hello-1-s1");
  }

  @Test
  void preemptionDoesNotUseRetries() {
    var walk = startBoth("source: {inline: {dockerfile: FROM x}}\nretries: 1");
    evictAndRefuse(walk, "hello-1-s0", "hello-1-s0-2");
    walk.reconcile().start("hello-1-s0-2").reconcile().start("hello-1-s1-2").reconcile();

    walk.evict("hello-1-s1-2").reconcile();
    assertThat(walk.cluster().names()).contains("hello-1-s1-3");
    walk.evict("hello-1-s1-3").reconcile();
    assertThat(walk.failure()).extracting("reason", "stage").containsExactly("PodLost", "1");
  }

  @Test
  void survivesCrashDuringPreemption() {
    var walk = startBoth().evict("hello-1-s0");
    walk.cluster().refuse("hello-1-s0-2", QUOTA_EXCEEDED);
    walk.reconcileWithoutStatusUpdate();
    walk.cluster().accept("hello-1-s0-2");

    walk.reconcile().start("hello-1-s0-2").reconcile();
    assertThat(walk.cluster().names()).contains("hello-1-s0-2", "hello-1-s1-2");
  }
}
