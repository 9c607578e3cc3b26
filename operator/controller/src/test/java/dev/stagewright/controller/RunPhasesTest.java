package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildCondition.ConditionStatus;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionType;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Phase;
import dev.stagewright.protocol.StageBase;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The phases of a build that succeeds. */
class RunPhasesTest {
  private final Walk walk = new Walk(Builds.hello());

  @Test
  void startsWithWorkspaceRequestAndWorker() {
    walk.reconcile();

    assertThat(walk.cluster().created())
        .containsExactly("hello-1-workspace", "hello-1-request", "hello-1-worker");
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Preparing);
    assertThat(walk.status().startTime()).isEqualTo("2026-11-21T10:00:00Z");
    walk.reconcile().assertSettled();
  }

  @Test
  void oneWorkerPodPreparesAndPublishes() {
    walk.reconcile();
    assertThat(walk.cluster().requirePod("hello-1-worker").getSpec().getContainers())
        .extracting("name")
        .containsExactly("prepare", "publish");

    walk.completePrepare(Plans.builderAndTarget()).reconcile();
    assertThat(walk.cluster().names()).contains("hello-1-plan", "hello-1-s0");
    assertThat(walk.cluster().names()).doesNotContain("hello-1-worker-2");
  }

  @Test
  void refusalOfTheRegistryEndsTheRunWhileStagesRun() {
    var prepared = Walk.prepared(Builds.hello(), Plans.builderAndTarget());
    prepared.start("hello-1-s0").reconcile();

    var refused = Failure.of(FailureReason.ProjectNotFound, "there is no project team");
    prepared.fail("hello-1-worker/publish", Phase.PUBLISH, refused).reconcile().reconcile();

    assertThat(prepared.status().phase()).isEqualTo(BuildPhase.Failed);
    assertThat(prepared.failure().reason()).isEqualTo("ProjectNotFound");
    assertThat(prepared.cluster().names()).contains("hello-1-worker").doesNotContain("hello-1-s0");
  }

  @Test
  void storesPlanAndStartsIndependentStages() {
    var prepared = Walk.prepared(Builds.hello(), Plans.builderAndTarget());

    assertThat(prepared.cluster().names())
        .contains("hello-1-plan", "hello-1-s0")
        .doesNotContain("hello-1-s1");
    assertThat(prepared.status().phase()).isEqualTo(BuildPhase.Building);
    assertThat(prepared.status().progress()).isEqualTo("0/2");
    assertThat(prepared.status().source()).isNotNull();
    assertThat(prepared.stage("s1").phase()).isEqualTo(StagePhase.Waiting);
    assertThat(prepared.stage("s1").message()).isEqualTo("waits for stage builder");
    prepared.reconcile().assertSettled();
  }

  @Test
  void startsStageAfterNeededPodsAreScheduled() {
    var prepared = Walk.prepared(Builds.hello(), Plans.builderAndTarget());

    prepared.schedule("hello-1-s0").reconcile();

    assertThat(prepared.cluster().names()).contains("hello-1-s1");
  }

  @Test
  void startsStageAfterItsBaseStage() {
    var base = Plans.stage("s0", "base", Plans.image("debian"));
    var top = Plans.stage("s1", "top", new StageBase.Stage("s0"));
    var prepared = Walk.prepared(Builds.hello(), Plans.of(base, top));

    prepared.start("hello-1-s0").reconcile();
    assertThat(prepared.cluster().names()).doesNotContain("hello-1-s1");
    prepared.completeStage("hello-1-s0", "s0").reconcile();
    assertThat(prepared.cluster().names()).contains("hello-1-s1");
  }

  @Test
  void showsCurrentStep() {
    var prepared = Walk.prepared(Builds.hello(), Plans.builderAndTarget());
    prepared.cluster().log("hello-1-s0", "[builder 2/3] RUN make\ncc -c a.c\n");

    prepared.start("hello-1-s0").reconcile();

    assertThat(prepared.stage("s0").phase()).isEqualTo(StagePhase.Running);
    assertThat(prepared.stage("s0").step()).isEqualTo("2/3 RUN make");
  }

  @Test
  void keepsLastKnownStep() {
    var prepared = Walk.prepared(Builds.hello(), Plans.builderAndTarget());
    prepared.cluster().log("hello-1-s0", "[builder 2/3] RUN make\n");
    prepared.start("hello-1-s0").reconcile();

    prepared.cluster().log("hello-1-s0", "cc -c z.c\n");
    prepared.after(Duration.ofMinutes(1));

    assertThat(prepared.stage("s0").step()).isEqualTo("2/3 RUN make");
  }

  @Test
  void pushesAfterAllStages() {
    var done = pushed();

    var status = done.status();
    assertThat(status.phase()).isEqualTo(BuildPhase.Succeeded);
    assertThat(status.progress()).isEqualTo("2/2");
    assertThat(status.image())
        .extracting("reference", "size", "layers")
        .containsExactly("registry.example.com/team/hello:1", 12345L, 3);
    assertThat(status.duration()).isEqualTo("10s");
    assertThat(done.stage("s0").size()).isEqualTo(1024);
    assertThat(done.stage("s0").peakMemory()).isEqualTo(Walk.PEAK_MEMORY);
    assertThat(status.findings()).hasSize(1);
    assertThat(status.attempts()).containsOnlyKeys("worker", "s0", "s1");
    assertThat(status.conditions())
        .filteredOn(condition -> condition.status() == ConditionStatus.True)
        .extracting("type")
        .containsExactly(
            ConditionType.Ready, ConditionType.Prepared, ConditionType.Built, ConditionType.Pushed);
    assertThat(done.reconcile().requeueAfter()).contains(Duration.ofSeconds(15));
  }

  @Test
  void doesNothingAfterSuccess() {
    var done = pushed();

    done.after(Duration.ofDays(1)).assertSettled();
    assertThat(done.status().phase()).isEqualTo(BuildPhase.Succeeded);
    done.cluster().remove("hello-1-s0");
    done.assertSettled();
  }

  @Test
  void survivesCrashBeforeStatusUpdate() {
    var deleting = pushed(Walk::reconcileWithoutStatusUpdate);
    var living = pushed();

    assertThat(deleting.status()).isEqualTo(living.status());
    assertThat(deleting.cluster().created()).isEqualTo(living.cluster().created());
  }

  private static Walk pushed() {
    return pushed(walk -> walk);
  }

  private static Walk pushed(UnaryOperator<Walk> beforeEachLook) {
    var walk = new Walk(Builds.hello());
    beforeEachLook.apply(walk).reconcile();
    beforeEachLook.apply(walk.completePrepare(Plans.builderAndTarget())).reconcile();
    beforeEachLook.apply(walk.start("hello-1-s0")).reconcile();
    beforeEachLook.apply(walk.completeStage("hello-1-s0", "s0")).reconcile();
    beforeEachLook.apply(walk.completeStage("hello-1-s1", "s1")).reconcile();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Pushing);
    walk.completePublish("hello-1-worker/publish").pass(Duration.ofSeconds(10));
    return beforeEachLook.apply(walk).reconcile();
  }
}
