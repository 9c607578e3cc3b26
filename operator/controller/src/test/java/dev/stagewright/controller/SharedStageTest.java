package dev.stagewright.controller;

import static dev.stagewright.controller.support.PublishLog.allOf;
import static dev.stagewright.controller.support.PublishLog.builderAndTarget;
import static dev.stagewright.controller.support.PublishLog.outcome;
import static dev.stagewright.controller.support.PublishLog.readingOnly;
import static dev.stagewright.controller.support.PublishLog.shared;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.StageStatus.Cached;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.controller.cluster.Cluster.Creation;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.SharingNamespace;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Phase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Builds of one namespace need the same stage at the same time. */
class SharedStageTest {
  private static final String WAITS = "waits for ImageBuild %s, which runs the same instructions";

  private final SharingNamespace team = new SharingNamespace();

  /** Builds whose stage {@code s0} has the same steps; the first one is at work. */
  private void builds(String... names) {
    for (var name : names) {
      var _ = team.add(name, builderAndTarget());
      team.print(name, shared("s0", 0, "k1", "k2"));
    }
    team.build(names[0]).start(names[0] + "-1-s0");
    team.reconcile(names[0]);
  }

  private void fail(String name) {
    team.build(name)
        .fail(name + "-1-s0", Phase.STAGE, Failure.of(FailureReason.RunFailed, "exit code 1"));
    team.reconcile(name);
  }

  @Test
  void oneBuildRunsTheStageAndTheOthersUseItsRecord() {
    builds("a", "b", "c");

    for (var name : List.of("b", "c")) {
      assertThat(team.runs(name, "s0")).isFalse();
      assertThat(team.build(name).stage("s0").phase()).isEqualTo(StagePhase.Waiting);
      assertThat(team.waiting(name, "s0")).isEqualTo(WAITS.formatted("a"));
      var _ = team.build(name).assertSettled();
    }

    team.build("a").completeStage("a-1-s0", "s0");
    team.reconcile("a").print("b", allOf("s0", 3), outcome("s0"));
    team.print("c", allOf("s0", 3), outcome("s0"));

    for (var name : List.of("b", "c")) {
      assertThat(team.runs(name, "s0")).isFalse();
      assertThat(team.build(name).stage("s0").phase()).isEqualTo(StagePhase.Succeeded);
      assertThat(team.build(name).stage("s0").cached()).isEqualTo(Cached.All);
    }
  }

  @Test
  void theStageRunsFromTheFirstStepThatItHasNotInCommon() {
    builds("a");
    var _ = team.add("b", builderAndTarget());
    team.print("b", shared("s0", 0, "k1", "other"));
    assertThat(team.runs("b", "s0")).isFalse();

    team.print("b", shared("s0", 1, "other"));

    assertThat(team.runs("b", "s0")).isTrue();
    assertThat(team.build("b").stage("s0").cached()).isEqualTo(Cached.Partial);
  }

  @Test
  void theOldestTakesOverWhenTheStageFails() {
    builds("a", "b", "c", "d");

    fail("a");

    assertThat(team.runs("b", "s0")).isTrue();
    assertThat(team.waiting("c", "s0")).isEqualTo(WAITS.formatted("b"));
    assertThat(team.waiting("d", "s0")).isEqualTo(WAITS.formatted("b"));

    team.build("b").start("b-1-s0");
    team.reconcile("b");
    fail("b");
    assertThat(team.runs("c", "s0")).isTrue();
    assertThat(team.runs("d", "s0")).isFalse();
  }

  @Test
  void theOldestTakesOverWhenTheBuildIsDeleted() {
    builds("a", "b", "c");

    team.delete("a");

    assertThat(team.runs("b", "s0")).isTrue();
    assertThat(team.runs("c", "s0")).isFalse();
  }

  @Test
  void theOldestTakesOverWhenTheBuildIsSuspended() {
    builds("a", "b", "c");

    team.build("a").change(Builds.spec("suspend: true\nsource: {inline: {dockerfile: FROM x}}\n"));
    team.reconcile("a");

    assertThat(team.runs("b", "s0")).isTrue();
    assertThat(team.waiting("c", "s0")).isEqualTo(WAITS.formatted("b"));
  }

  @Test
  void theOldestTakesOverWhenThePodIsDeletedWithItsNode() {
    builds("a", "b", "c");

    team.build("a").requestDeletion("a-1-s0");
    team.reconcile("a");

    assertThat(team.runs("b", "s0")).isTrue();
    assertThat(team.runs("c", "s0")).isFalse();
  }

  @Test
  void theOldestTakesOverWhenPublishIsLost() {
    builds("a", "b");

    team.build("a").requestDeletion("a-1-worker");
    team.reconcile("a");

    assertThat(team.runs("b", "s0")).as("nobody would record the stage").isTrue();
  }

  @Test
  void anAbandonedBuildDoesNotTakeOver() {
    builds("a", "b", "c");

    team.delete("b");
    fail("a");

    assertThat(team.runs("c", "s0")).isTrue();
  }

  @Test
  void aPodThatFindsNoNodeIsNotWaitedFor() {
    var a = team.add("a", builderAndTarget());
    var _ = team.add("b", builderAndTarget());
    team.print("a", shared("s0", 0, "k1")).print("b", shared("s0", 0, "k1"));
    assertThat(team.runs("b", "s0")).isFalse();

    a.unschedulable("a-1-s0");
    team.reconcile("a");
    assertThat(team.runs("b", "s0")).isFalse();

    team.pass(Duration.ofSeconds(15));
    assertThat(team.runs("b", "s0")).isTrue();
  }

  @Test
  void aPodIsWaitedForEvenIfTheClusterReportsNothingAboutIt() {
    var _ = team.add("a", builderAndTarget());
    var _ = team.add("b", builderAndTarget());
    team.print("a", shared("s0", 0, "k1")).print("b", shared("s0", 0, "k1"));

    team.build("b").pass(Duration.ofMinutes(5));
    team.reconcile("b");

    assertThat(team.runs("b", "s0")).isFalse();
  }

  @Test
  void aPodThatTheQuotaRefusesIsNotWaitedFor() {
    var a = team.add("a", builderAndTarget());
    var _ = team.add("b", builderAndTarget());
    a.cluster().refuse("a-1-s0", new Creation.QuotaExceeded("exceeded quota"));

    team.print("a", shared("s0", 0, "k1")).print("b", shared("s0", 0, "k1"));
    assertThat(team.runs("b", "s0")).isTrue();

    team.pass(Duration.ofSeconds(5));
    assertThat(team.waiting("a", "s0")).isEqualTo(WAITS.formatted("b"));
  }

  @Test
  void aRecordThatIsNotWrittenIsWaitedForInVain() {
    builds("a", "b", "c");
    team.build("a").completeStage("a-1-s0", "s0");
    team.reconcile("a");
    assertThat(team.runs("b", "s0")).isFalse();

    team.pass(Duration.ofMinutes(2));

    assertThat(team.runs("b", "s0")).isTrue();
    assertThat(team.waiting("c", "s0")).isEqualTo(WAITS.formatted("b"));
  }

  @Test
  void aBuildThatWritesNoRecordsIsNotWaitedFor() {
    var _ = team.add("a", builderAndTarget());
    var _ = team.add("b", builderAndTarget());

    team.print("a", readingOnly("s0", "k1")).print("b", shared("s0", 0, "k1"));

    assertThat(team.runs("b", "s0")).isTrue();
  }

  @Test
  void aBuildThatCannotWriteRecordsAnyMoreIsNotWaitedFor() {
    builds("a", "b");

    team.print("a", readingOnly("s0", "k1", "k2"));

    assertThat(team.runs("b", "s0")).isTrue();
  }

  @Test
  void aBuildThatIgnoresRecordsDoesNotWait() {
    builds("a");
    var _ = team.add("b", builderAndTarget());

    team.print("b", shared("s0", 0));

    assertThat(team.runs("b", "s0")).isTrue();
  }

  @Test
  void anotherNamespaceSharesNothing() {
    builds("a");
    var _ = team.add("other", "b", builderAndTarget());

    team.print("b", shared("s0", 0, "k1"));

    assertThat(team.runs("b", "s0")).isTrue();
  }

  /** Each build runs a stage that the other one needs. */
  @Test
  void buildsThatWaitForEachOtherAreNotBlocked() {
    var plan = independentStages();
    var a = team.add("a", plan);
    var b = team.add("b", plan);
    team.print("a", shared("s0", 0, "k0")).print("b", shared("s1", 0, "k1"));
    team.print("a", shared("s1", 0, "k1")).print("b", shared("s0", 0, "k0"));

    assertThat(team.waiting("a", "s1")).isEqualTo(WAITS.formatted("b"));
    assertThat(team.waiting("b", "s0")).isEqualTo(WAITS.formatted("a"));
    a.start("a-1-s0");
    b.start("b-1-s1");
    team.reconcile("a").reconcile("b");
    a.completeStage("a-1-s0", "s0");
    b.completeStage("b-1-s1", "s1");
    team.reconcile("a").reconcile("b");
    team.print("a", outcome("s0"), allOf("s1", 1), outcome("s1"));
    team.print("b", outcome("s1"), allOf("s0", 1), outcome("s0"));

    assertThat(a.status().progress()).isEqualTo("2/3");
    assertThat(b.status().progress()).isEqualTo("2/3");
    assertThat(team.runs("a", "s1")).isFalse();
    assertThat(team.runs("b", "s0")).isFalse();
  }

  private static BuildPlan independentStages() {
    var one = Plans.stage("s0", "one", Plans.image("golang"));
    var other = Plans.stage("s1", "other", Plans.image("node"));
    return Plans.of(one, other, Plans.stage("s2", "target", Plans.image("alpine"), "s0", "s1"));
  }

  @Test
  void aRestartOfTheOperatorChangesNothing() {
    builds("a", "b", "c");
    var before = team.build("b").status();

    team.restart().reconcile("c").reconcile("b");
    assertThat(team.runs("b", "s0")).as("the log of a is not known yet").isFalse();
    team.reconcile("a").reconcile("b");

    assertThat(team.build("b").status()).isEqualTo(before);
    fail("a");
    assertThat(team.runs("b", "s0")).isTrue();
    assertThat(team.runs("c", "s0")).isFalse();
  }

  @Test
  void afterARestartABuildThatIsGoneIsNotWaitedFor() {
    builds("a", "b", "c");

    team.restart().delete("a").reconcile("b").reconcile("c");
    team.pass(Duration.ofSeconds(15));

    assertThat(team.runs("b", "s0")).isTrue();
    assertThat(team.runs("c", "s0")).isFalse();
  }
}
