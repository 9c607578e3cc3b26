package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ConcurrencyPolicy;
import dev.stagewright.controller.queue.QueuePosition;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Phase;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The spec changes during a run. */
class ConcurrencyPolicyTest {
  private static final BuildPlan PLAN = Plans.of(Plans.stage("s0", "0", Plans.image("alpine")));

  @ParameterizedTest
  @EnumSource(names = {"Queue", "LatestOnly"})
  void runContinuesWithItsSpec(ConcurrencyPolicy policy) {
    var walk = started(policy);
    edit(walk, policy, "two").completePrepareOf(1, PLAN).reconcile();

    assertThat(walk.status().observedGeneration()).isEqualTo(1);
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Building);
    assertThat(walk.cluster().names())
        .contains("hello-1-s0")
        .doesNotContain("hello-2-request", "hello-2-worker");
    finish(walk, 1);
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Succeeded);
    assertThat(walk.requeueAfter()).isPresent();

    walk.reconcile();
    assertThat(walk.status().observedGeneration()).isEqualTo(2);
    assertThat(request(walk, 2)).contains("FROM two");
    assertThat(walk.cluster().names()).noneMatch(name -> name.startsWith("hello-1-"));
  }

  @Test
  void queueRunsAllSpecsInOrder() {
    var walk = started(ConcurrencyPolicy.Queue);
    edit(walk, ConcurrencyPolicy.Queue, "two");
    edit(walk, ConcurrencyPolicy.Queue, "three").completePrepareOf(1, PLAN).reconcile();
    finish(walk, 1);

    walk.reconcile();
    assertThat(request(walk, 2)).contains("FROM two");
    walk.completePrepareOf(2, PLAN).reconcile();
    finish(walk, 2);

    walk.reconcile();
    assertThat(request(walk, 3)).contains("FROM three");
    walk.completePrepareOf(3, PLAN).reconcile();
    finish(walk, 3);

    assertThat(walk.status().observedGeneration()).isEqualTo(3);
    assertThat(walk.after(Duration.ofMinutes(1)).requeueAfter()).isEmpty();
    walk.assertSettled();
  }

  @Test
  void latestOnlySkipsIntermediateSpecs() {
    var walk = started(ConcurrencyPolicy.LatestOnly);
    edit(walk, ConcurrencyPolicy.LatestOnly, "two");
    edit(walk, ConcurrencyPolicy.LatestOnly, "three").completePrepareOf(1, PLAN).reconcile();
    finish(walk, 1);

    walk.reconcile();
    assertThat(walk.status().observedGeneration()).isEqualTo(3);
  }

  @Test
  void nextRunFollowsFailedRun() {
    var walk = started(ConcurrencyPolicy.Queue);
    edit(walk, ConcurrencyPolicy.Queue, "two");
    walk.fail(
        "hello-1-worker/prepare", Phase.PREPARE, Failure.of(FailureReason.InvalidRequest, "no"));
    walk.reconcile();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Failed);

    walk.reconcile().reconcile();
    assertThat(walk.cluster().names()).contains("hello-2-worker");
  }

  @Test
  void staleCacheDoesNotReplaceRun() {
    var walk = started(ConcurrencyPolicy.LatestOnly);
    walk.cluster().hideFromCache("hello-1-spec");
    edit(walk, ConcurrencyPolicy.LatestOnly, "two");

    assertThat(walk.status().observedGeneration()).isEqualTo(1);
  }

  @Test
  void replacesRunWithoutStoredSpec() {
    var walk = started(ConcurrencyPolicy.Replace);
    edit(walk, ConcurrencyPolicy.Queue, "two");

    assertThat(walk.status().observedGeneration()).isEqualTo(2);
  }

  @Test
  void replaceStopsRunAndDeletesSpecs() {
    var walk = started(ConcurrencyPolicy.Queue);
    edit(walk, ConcurrencyPolicy.Queue, "two");
    edit(walk, ConcurrencyPolicy.Replace, "three");

    assertThat(walk.cluster().names()).allMatch(name -> name.startsWith("hello-3-"));
  }

  @Test
  void latestOnlyReplacesQueuedRun() {
    var walk =
        new Walk(Builds.hello(spec(ConcurrencyPolicy.LatestOnly, "one")))
            .queuePosition(
                new QueuePosition.Queued(1, Instant.parse("2026-11-21T10:00:00Z"), "full"))
            .reconcile();
    edit(walk, ConcurrencyPolicy.LatestOnly, "two")
        .queuePosition(new QueuePosition.Admitted())
        .reconcile();

    assertThat(request(walk, 2)).contains("FROM two");
  }

  private static Walk started(ConcurrencyPolicy policy) {
    return new Walk(Builds.hello(spec(policy, "one"))).reconcile();
  }

  private static Walk edit(Walk walk, ConcurrencyPolicy policy, String base) {
    return walk.change(Builds.spec(spec(policy, base))).reconcile();
  }

  private static String spec(ConcurrencyPolicy policy, String base) {
    return "concurrencyPolicy: %s\nsource: {inline: {dockerfile: FROM %s}}".formatted(policy, base);
  }

  private static void finish(Walk walk, int generation) {
    walk.completeStage("hello-" + generation + "-s0", "s0").reconcile();
    walk.completePublish("hello-" + generation + "-worker/publish").reconcile();
  }

  private static String request(Walk walk, int generation) {
    return walk.cluster()
        .configMap("team", "hello-" + generation + "-request")
        .map(ConfigMap::getData)
        .orElseThrow()
        .toString();
  }
}
