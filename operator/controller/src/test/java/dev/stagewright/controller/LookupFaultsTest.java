package dev.stagewright.controller;

import static dev.stagewright.controller.support.PublishLog.allOf;
import static dev.stagewright.controller.support.PublishLog.builderAndTarget;
import static dev.stagewright.controller.support.PublishLog.known;
import static dev.stagewright.controller.support.PublishLog.nothingOf;
import static dev.stagewright.controller.support.PublishLog.outcome;
import static dev.stagewright.controller.support.PublishLog.prepared;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.StageStatus.Cached;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.controller.cluster.PodLog;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.PublishLog;
import dev.stagewright.controller.support.Walk;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Reports about the cache that are late or lost, and Pods that are lost. */
class LookupFaultsTest {
  private static final String SOURCE = "source: {inline: {dockerfile: FROM x}}\n";
  private static final String BUILDER = "hello-1-s0";
  private static final String TARGET = "hello-1-s1";
  private static final String PUBLISH = "hello-1-worker/publish";

  private final Walk walk = prepared(Builds.hello(SOURCE), builderAndTarget());
  private final PublishLog log = new PublishLog(walk);

  @Test
  void anotherPublishContainerLooksUpWhatTheFirstDidNot() {
    walk.evict("hello-1-worker").reconcile();
    assertThat(walk.cluster().names()).contains("hello-1-worker-2").doesNotContain(BUILDER);

    walk.start("hello-1-worker-2").reconcile();
    log.printInPod("hello-1-worker-2", nothingOf("s0"));
    assertThat(walk.cluster().names()).contains(BUILDER);
  }

  @Test
  void reportOfALostPublishContainerRemainsTrue() {
    log.print(nothingOf("s0"), known("s1", 0));
    walk.evict("hello-1-worker").reconcile();
    assertThat(walk.stage("s1").cached()).isEqualTo(Cached.None);

    walk.start(BUILDER).reconcile();
    assertThat(walk.cluster().names()).contains("hello-1-worker-2", TARGET);
  }

  @Test
  void reportSurvivesARestartOfTheOperator() {
    log.print(known("s0", 1), nothingOf("s1"));
    walk.breakLogStreams().start(BUILDER).reconcile();

    assertThat(walk.cluster().names()).contains(TARGET);
    assertThat(walk.stage("s0").cached()).isEqualTo(Cached.Partial);
    assertThat(walk.status().cache()).extracting("cachedSteps", "steps").containsExactly(1, 4);
  }

  @Test
  void logIsRequestedWhenTheReportIsLate() {
    walk.breakLogStreams();
    log.print(nothingOf("s0"));
    assertThat(walk.cluster().names()).doesNotContain(BUILDER);
    assertThat(walk.requeueAfter()).contains(Duration.ofSeconds(15));

    walk.after(Duration.ofSeconds(15));
    assertThat(walk.cluster().names()).contains(BUILDER);
    assertThat(walk.stage("s0").cached()).isEqualTo(Cached.None);
  }

  @Test
  void stageStartsWithoutAReportThatDoesNotArrive() {
    walk.breakLogStreams().cluster().log(PUBLISH, new PodLog.Unavailable("no route to host"));
    walk.after(Duration.ofSeconds(119));
    assertThat(walk.cluster().names()).doesNotContain(BUILDER);
    assertThat(walk.requeueAfter()).contains(Duration.ofSeconds(5));

    walk.after(Duration.ofSeconds(1));
    assertThat(walk.cluster().names()).contains(BUILDER);
    assertThat(walk.stage("s0").cached()).isNull();

    walk.start(BUILDER).after(Duration.ofMinutes(5)).completeStage(BUILDER, "s0").reconcile();
    assertThat(walk.cluster().names()).doesNotContain(TARGET);
    walk.after(Duration.ofMinutes(2));
    assertThat(walk.cluster().names()).contains(TARGET);
  }

  @Test
  void stageThatStartedEarlyIsDoneWhenItTurnsOutToBeKnown() {
    walk.after(Duration.ofMinutes(2)).start(BUILDER).reconcile();

    log.print(allOf("s0", 3), outcome("s0"));

    assertThat(walk.stage("s0").phase()).isEqualTo(StagePhase.Succeeded);
    assertThat(walk.stage("s0").pod()).isEqualTo(BUILDER);
  }

  @Test
  void workerMakesRoomInAQuotaOfOnePod() {
    walk.cluster().limitPods(1);
    log.print(nothingOf("s0"));
    walk.after(Duration.ofSeconds(4)).after(Duration.ofSeconds(4));
    assertThat(walk.cluster().ended()).containsExactly("hello-1-worker");
    assertThat(walk.cluster().names()).contains(BUILDER);

    walk.start(BUILDER).completeStage(BUILDER, "s0").reconcile();
    walk.after(Duration.ofSeconds(4));
    assertThat(walk.cluster().names()).contains("hello-1-worker-2").doesNotContain(TARGET);
    walk.start("hello-1-worker-2");
    log.printInPod("hello-1-worker-2", nothingOf("s1"));
    walk.after(Duration.ofSeconds(4)).after(Duration.ofSeconds(4));
    assertThat(walk.cluster().names()).contains(TARGET);
  }
}
