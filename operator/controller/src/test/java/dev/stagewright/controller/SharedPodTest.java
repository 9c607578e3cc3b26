package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.Phase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Pod that runs two stages: {@code base}, and {@code app}, which is built on it. */
class SharedPodTest {
  private static final String POD = "hello-1-s1";
  private Walk walk = new Walk(Builds.hello("source: {inline: {dockerfile: FROM x}}"));

  @BeforeEach
  void prepare() {
    var app = Plans.stage("s1", "app", Plans.image("alpine"));
    walk =
        Walk.prepared(
            Builds.hello("source: {inline: {dockerfile: FROM x}}"),
            Plans.of(Plans.sharingItsPod(app, "s0", "base")));
  }

  private void assertPhases(StagePhase base, StagePhase app) {
    assertThat(walk.status().stages())
        .extracting(StageStatus::name, StageStatus::phase)
        .containsExactly(tuple("base", base), tuple("app", app));
  }

  @Test
  void statusNamesStageThatOwnsPod() {
    assertThat(walk.cluster().names()).contains(POD).doesNotContain("hello-1-s0");
    assertThat(walk.stage("s0").sharesPodOf()).isEqualTo("app");
    assertThat(walk.stage("s0").pod()).isEqualTo(walk.stage("s1").pod());
    assertThat(walk.stage("s1").sharesPodOf()).isNull();
    assertThat(walk.stage("s1").base()).isEqualTo("base");
  }

  @Test
  void runsStagesInSequence() {
    walk.start(POD);
    walk.cluster().log(POD, "[base 2/2] RUN make\n");
    walk.reconcile();
    assertPhases(StagePhase.Running, StagePhase.Waiting);
    assertThat(walk.stage("s0").step()).isEqualTo("2/2 RUN make");
    assertThat(walk.stage("s1").message()).isEqualTo("waits for stage base in the same Pod");

    walk.cluster().log(POD, "[app 1/2] FROM base\n");
    walk.reconcile();
    assertPhases(StagePhase.Succeeded, StagePhase.Running);

    walk.cluster().log(POD, "a quiet command says nothing, nor does its last line\n");
    walk.reconcile();
    assertPhases(StagePhase.Succeeded, StagePhase.Running);

    walk.completeStage(POD, "s1").reconcile();
    assertPhases(StagePhase.Succeeded, StagePhase.Succeeded);
  }

  @Test
  void failureBelongsToCurrentStage() {
    walk.start(POD)
        .fail(
            POD,
            Phase.STAGE,
            Failure.at(
                FailureReason.RunFailed,
                "exit code 1",
                "base",
                new InstructionPosition("Dockerfile", 2, "RUN make")))
        .reconcile();

    assertPhases(StagePhase.Failed, StagePhase.Cancelled);
    assertThat(walk.failure().stage()).isEqualTo("base");
  }
}
