package dev.stagewright.controller;

import static dev.stagewright.controller.support.PublishLog.allOf;
import static dev.stagewright.controller.support.PublishLog.builderAndTarget;
import static dev.stagewright.controller.support.PublishLog.known;
import static dev.stagewright.controller.support.PublishLog.nothingOf;
import static dev.stagewright.controller.support.PublishLog.outcome;
import static dev.stagewright.controller.support.PublishLog.prepared;
import static dev.stagewright.controller.support.PublishLog.pushed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.StageCacheStatus;
import dev.stagewright.api.v1alpha1.StageStatus.Cached;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.PublishLog;
import dev.stagewright.controller.support.Walk;
import dev.stagewright.protocol.StageLocation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What publish finds in the cache decides which stages get a Pod. */
class CacheLookupTest {
  private static final String SOURCE = "source: {inline: {dockerfile: FROM x}}\n";
  private static final String BUILDER = "hello-1-s0";
  private static final String TARGET = "hello-1-s1";

  private final Walk walk = prepared(Builds.hello(SOURCE), builderAndTarget());
  private final PublishLog log = new PublishLog(walk);

  @Test
  void stageWaitsUntilItIsLookedUp() {
    assertThat(walk.cluster().names()).doesNotContain(BUILDER, TARGET);
    assertThat(walk.stage("s0").phase()).isEqualTo(StagePhase.Waiting);
    assertThat(walk.stage("s0").reason()).isEqualTo("WaitsForCache");
    assertThat(walk.stage("s0").cached()).isNull();
    assertThat(walk.status().cache()).isNull();
    walk.assertSettled();

    log.print(nothingOf("s0"));

    assertThat(walk.cluster().names()).contains(BUILDER).doesNotContain(TARGET);
    assertThat(walk.stage("s0").phase()).isEqualTo(StagePhase.Pending);
    assertThat(walk.stage("s0").cached()).isEqualTo(Cached.None);
    assertThat(walk.stage("s0").cache())
        .isEqualTo(new StageCacheStatus(0, 3, "2/4 FROM x", PublishLog.MISSED, "0s", 0));
  }

  @Test
  void stageContinuesAfterKnownSteps() {
    log.print(known("s0", 2));

    assertThat(walk.cluster().names()).contains(BUILDER);
    assertThat(walk.stage("s0").cached()).isEqualTo(Cached.Partial);
    assertThat(walk.stage("s0").cache())
        .isEqualTo(new StageCacheStatus(2, 3, "4/4 FROM x", PublishLog.MISSED, "4s", 20));
    walk.start(BUILDER).reconcile();
    assertThat(walk.cluster().events())
        .contains(
            "StageStarted: stage builder runs on node-1 from step 4/4 FROM x, the steps before it"
                + " are cached");
  }

  @Test
  void stageWhoseFilesAreNotKnownRunsForThem() {
    log.print(known("s0", 3));

    assertThat(walk.cluster().names()).contains(BUILDER);
    assertThat(walk.stage("s0").cached()).isEqualTo(Cached.Partial);
    assertThat(walk.stage("s0").cache())
        .isEqualTo(new StageCacheStatus(3, 3, null, PublishLog.MISSED, "6s", 30));
  }

  @Test
  void knownStagesNeedNoPod() {
    log.print(allOf("s0", 3), outcome("s0"), allOf("s1", 1), outcome("s1"));

    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Pushing);
    assertThat(walk.stage("s0").phase()).isEqualTo(StagePhase.Succeeded);
    assertThat(walk.stage("s0").runsIn()).isNull();
    assertThat(walk.stage("s0").cached()).isEqualTo(Cached.All);
    assertThat(walk.stage("s0").cache())
        .isEqualTo(new StageCacheStatus(3, 3, null, null, "1m2s", 312));

    log.print(pushed(false));
    assertThat(walk.condition("Ready")).isEqualTo("True Pushed");
    assertThat(walk.status().attempts()).containsOnlyKeys("worker");
    assertThat(walk.cluster().created())
        .containsExactly("hello-1-workspace", "hello-1-request", "hello-1-worker", "hello-1-plan");
    assertThat(walk.status().cache())
        .extracting("repository", "cachedSteps", "steps", "savedDuration", "savedBytes")
        .containsExactly("registry.example.com/team/hello/cache", 4, 4, "2m4s", 624L);
    assertThat(walk.cluster().events())
        .contains("StageSucceeded: stage builder is done: all its steps are cached")
        .noneMatch(it -> it.startsWith("StageStarted"));
  }

  @Test
  void stageThatCopiesFromAKnownStageRuns() {
    log.print(allOf("s0", 3), nothingOf("s1"));

    assertThat(walk.cluster().names()).contains(TARGET).doesNotContain(BUILDER);
    assertThat(walk.status().progress()).isEqualTo("1/2");
    log.print(outcome("s0"));
    walk.start(TARGET).reconcile().completeStage(TARGET, "s1").reconcile();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Pushing);
  }

  @Test
  void stageWaitsForTheFilesThatDecide() {
    log.print(nothingOf("s0"));
    walk.start(BUILDER).reconcile();
    assertThat(walk.stage("s1").reason()).isEqualTo("WaitsForStage");
    assertThat(walk.stage("s1").message())
        .isEqualTo("waits for stage builder, whose files decide which steps are cached");

    walk.after(Duration.ofMinutes(10));
    assertThat(walk.cluster().names()).doesNotContain(TARGET);
    assertThat(walk.requeueAfter()).contains(Duration.ofMinutes(1));

    walk.completeStage(BUILDER, "s0").reconcile();
    assertThat(walk.cluster().names()).doesNotContain(TARGET);
    assertThat(walk.stage("s1").reason()).isEqualTo("WaitsForCache");

    log.print(outcome("s0"), allOf("s1", 1));
    assertThat(walk.cluster().names()).doesNotContain(TARGET);
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Pushing);
  }

  @Test
  void stageInTheWorkerIsKnown() {
    var plan = builderAndTarget();
    var target = plan.stage("s1").toBuilder().location(StageLocation.WORKER).build();
    var copying = prepared(Builds.hello(SOURCE), Plans.of(plan.stage("s0"), target));

    new PublishLog(copying).print(nothingOf("s0"), allOf("s1", 1));

    assertThat(copying.stage("s1").phase()).isEqualTo(StagePhase.Succeeded);
    assertThat(copying.stage("s1").startTime()).isNull();
    assertThat(copying.stage("s1").cached()).isEqualTo(Cached.All);
  }

  @Test
  void reportCoversAllStagesOfAPod() {
    var app = Plans.stage("s1", "app", Plans.image("alpine"));
    var shared = prepared(Builds.hello(SOURCE), Plans.of(Plans.sharingItsPod(app, "s0", "base")));
    assertThat(shared.stage("s0").reason()).isEqualTo("WaitsForCache");

    new PublishLog(shared).print(known("s1", 1));

    assertThat(shared.cluster().names()).contains(TARGET);
    assertThat(shared.stage("s0").cached()).isEqualTo(Cached.All);
    assertThat(shared.stage("s0").cache())
        .isEqualTo(new StageCacheStatus(1, 1, null, null, "0s", 0));
    assertThat(shared.stage("s1").cached()).isEqualTo(Cached.None);
    assertThat(shared.stage("s1").cache())
        .isEqualTo(new StageCacheStatus(0, 1, "2/2 FROM x", PublishLog.MISSED, "2s", 10));
  }
}
