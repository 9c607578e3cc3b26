package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.Phase;
import dev.stagewright.protocol.Termination;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to the worker Pod, at different times of the run. */
class WorkerFaultsTest {
  private static final String SOURCE_WITH_TIMEOUT =
      """
      source: {inline: {dockerfile: FROM busybox}}
      timeout: 1m
      """;

  enum Loss {
    EVICTED,
    DELETED
  }

  private static void lose(Walk walk, String pod, Loss loss) {
    switch (loss) {
      case EVICTED -> walk.evict(pod);
      case DELETED -> walk.cluster().remove(pod);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EVICTED", "DELETED"})
  void aWorkerLostBeforeThePlanStartsAgainWithBothContainers(Loss loss) {
    var walk = new Walk(Builds.hello()).reconcile().start("hello-1-worker").reconcile();

    lose(walk, "hello-1-worker", loss);
    walk.reconcile();

    assertContainers(walk, "hello-1-worker-2", "prepare", "publish");
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Preparing);
  }

  @ParameterizedTest
  @ValueSource(strings = {"EVICTED", "DELETED"})
  void aWorkerLostWhileStagesRunIsReplacedByOneThatPublishes(Loss loss) {
    var walk = Walk.prepared(Builds.hello(), Plans.builderAndTarget());
    walk.start("hello-1-s0").reconcile();

    lose(walk, "hello-1-worker", loss);
    walk.reconcile();

    assertContainers(walk, "hello-1-worker-2", "publish");
    assertThat(walk.cluster().names()).contains("hello-1-s0").doesNotContain("hello-1-s0-2");
    complete(walk, "hello-1-worker-2/publish");
  }

  @Test
  void aWorkerLostAfterItHasPublishedIsNotReplaced() {
    var walk = Walk.prepared(Builds.hello(), Plans.builderAndTarget());
    walk.start("hello-1-s0").reconcile();

    complete(walk, "hello-1-worker/publish");
    walk.cluster().remove("hello-1-worker");
    walk.reconcile();

    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Succeeded);
    assertThat(walk.cluster().names()).doesNotContain("hello-1-worker-2");
  }

  @Test
  void publishThatEndsBeforeThePlanIsStartedAgainAfterThePlan() {
    var walk = new Walk(Builds.hello()).reconcile().start("hello-1-worker").reconcile();
    var unreachable = Failure.of(FailureReason.RegistryUnavailable, "connection refused");

    walk.fail("hello-1-worker/publish", Phase.PUBLISH, unreachable).reconcile();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Preparing);
    assertThat(walk.cluster().names()).doesNotContain("hello-1-worker-2");

    walk.completePrepare(Plans.builderAndTarget()).after(Duration.ofSeconds(10));
    assertContainers(walk, "hello-1-worker-2", "publish");
  }

  @Test
  void publishOutOfMemoryFailsTheRunWithItsLimit() {
    var walk = Walk.prepared(Builds.hello(), Plans.builderAndTarget());

    walk.end("hello-1-worker/publish", 137, "OOMKilled", "").reconcile();

    assertThat(walk.failure().reason()).isEqualTo("OutOfMemory");
    assertThat(walk.failure().message()).contains("1Gi");
    assertThat(walk.failure().pod()).isEqualTo("hello-1-worker");
  }

  @Test
  void prepareWithoutHeapFailsTheRunWithItsLimit() {
    var walk = new Walk(Builds.hello()).reconcile().start("hello-1-worker").reconcile();

    walk.end("hello-1-worker/prepare", 3, "Error", "").reconcile();

    assertThat(walk.failure().reason()).isEqualTo("OutOfMemory");
    assertThat(walk.failure().message())
        .startsWith("the container needs more memory than it has; its limit is ");
  }

  @Test
  void aMistakeOfTheUserEndsTheRunWhilePublishWaits() {
    var walk = new Walk(Builds.hello()).reconcile().start("hello-1-worker").reconcile();
    var invalid = Failure.of(FailureReason.DockerfileInvalid, "unknown instruction: FORM");

    walk.fail("hello-1-worker/prepare", Phase.PREPARE, invalid).reconcile();
    assertThat(walk.failure().reason()).isEqualTo("DockerfileInvalid");

    walk.reconcile();
    assertThat(walk.cluster().names()).contains("hello-1-worker");
    assertThat(walk.cluster().ended()).containsExactly("hello-1-worker");
  }

  @Test
  void aFailureOfTheInfrastructureInPrepareStartsBothAgain() {
    var walk = new Walk(Builds.hello()).reconcile().start("hello-1-worker").reconcile();
    var unreachable = Failure.of(FailureReason.RegistryUnavailable, "connection refused");

    walk.fail("hello-1-worker/prepare", Phase.PREPARE, unreachable);
    walk.end("hello-1-worker/publish", 0, "Completed", Json.write(new Termination.Skipped()));
    walk.reconcile().after(Duration.ofSeconds(10));

    assertContainers(walk, "hello-1-worker-2", "prepare", "publish");
    walk.completePreparePod("hello-1-worker-2/prepare", Plans.builderAndTarget()).reconcile();
    assertThat(walk.cluster().names()).contains("hello-1-s0").doesNotContain("hello-1-worker-3");
  }

  @Test
  void aWorkerWithoutANodeIsDeletedAtTheEndOfTheRun() {
    var walk = new Walk(Builds.hello(SOURCE_WITH_TIMEOUT)).reconcile();

    walk.unschedulable("hello-1-worker").after(Duration.ofMinutes(2)).reconcile();

    assertThat(walk.failure().reason()).isEqualTo("Timeout");
    assertThat(walk.cluster().names()).doesNotContain("hello-1-worker");
  }

  @Test
  void aQuotaOfOnePodIsGivenToStagesAndThenToPublish() {
    var walk = new Walk(Builds.hello());
    walk.cluster().limitPods(1);
    walk.reconcile().start("hello-1-worker").reconcile();
    walk.completePrepare(Plans.builderAndTarget());

    settle(walk);
    assertThat(walk.cluster().ended()).contains("hello-1-worker");
    run(walk, "hello-1-s0", "s0");
    run(walk, "hello-1-s1", "s1");
    settle(walk);

    var worker =
        walk.cluster().names().stream()
            .filter(name -> name.matches("hello-1-worker-\\d"))
            .reduce((_, last) -> last)
            .orElseThrow();
    assertContainers(walk, worker, "publish");
    walk.completePublish(worker + "/publish").reconcile();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Succeeded);
  }

  /** Reconciles as often as the operator may need. */
  private static void settle(Walk walk) {
    for (var i = 0; i < 6; i++) {
      walk.after(Duration.ofSeconds(4));
    }
  }

  private static void run(Walk walk, String pod, String stage) {
    settle(walk);
    walk.start(pod).reconcile();
    walk.completeStage(pod, stage).reconcile();
  }

  private static void complete(Walk walk, String publish) {
    walk.completeStage("hello-1-s0", "s0").completeStage("hello-1-s1", "s1").reconcile();
    walk.completePublish(publish).reconcile();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Succeeded);
  }

  private static void assertContainers(Walk walk, String pod, String... names) {
    assertThat(walk.cluster().requirePod(pod).getSpec().getContainers())
        .extracting("name")
        .containsExactly((Object[]) names);
  }
}
