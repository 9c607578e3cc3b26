package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.controller.config.OperatorConfig;
import dev.stagewright.controller.run.Labels;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.FakeCluster.OperatorCrashed;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.Phase;
import dev.stagewright.protocol.StageCache;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A crash of the operator at any of its changes does not change the result of a build. */
class OperatorCrashTest {
  private static final int MAX_STEPS = 40;

  /** The end of the first Pod of the stage {@code builder}. */
  enum PodEnd {
    COMPLETES(BuildPhase.Succeeded, 1),
    IS_EVICTED(BuildPhase.Succeeded, 2),
    FAILS(BuildPhase.Failed, 1);

    private final BuildPhase result;
    private final int attempts;

    PodEnd(BuildPhase result, int attempts) {
      this.result = result;
      this.attempts = attempts;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "COMPLETES, false, false",
    "COMPLETES, true, false",
    "IS_EVICTED, false, false",
    "IS_EVICTED, true, false",
    "FAILS, false, false",
    "FAILS, true, false",
    "COMPLETES, false, true",
    "COMPLETES, true, true",
    "IS_EVICTED, false, true",
    "IS_EVICTED, true, true"
  })
  void crashDoesNotChangeResult(PodEnd end, boolean after, boolean hasCache) {
    var config = hasCache ? Builds.cachingConfig() : Builds.config();
    var change = 1;
    while (crashes(end, change, after, config)) {
      change++;
    }
    assertThat(change).as("changes of a whole run").isGreaterThan(10);
  }

  /** Whether the operator completed its change. */
  private static boolean crashes(PodEnd end, int change, boolean after, OperatorConfig config) {
    var walk = new Walk(Builds.hello(), config);
    walk.cluster().crashOperatorAt(change, after);
    var crashed = false;
    for (var steps = 0; steps < MAX_STEPS; steps++) {
      crashed |= !survivesReconcile(walk);
      walk.cluster().cached().pods().forEach(pod -> advance(walk, pod, end));
      walk.pass(Duration.ofSeconds(1));
    }

    var where = "crash %s change %d".formatted(after ? "after" : "before", change);
    assertThat(walk.hasEnded()).as(where).isTrue();
    assertThat(walk.status().phase()).as(where).isEqualTo(end.result);
    assertThat(walk.status().attempts())
        .as(where)
        .containsKeys("worker", "s0")
        .allSatisfy((task, count) ->
            assertThat(count).as(task).isEqualTo(task.equals("s0") ? end.attempts : 1));
    assertThat(walk.cluster().created()).as(where).doesNotHaveDuplicates();
    assertThat(walk.cluster().names()).as(where).doesNotContain("hello-1-workspace");
    return crashed;
  }

  private static boolean survivesReconcile(Walk walk) {
    try {
      walk.reconcile();
      return true;
    } catch (OperatorCrashed _) {
      return false;
    }
  }

  /** Takes a Pod one step further in its lifecycle. */
  private static void advance(Walk walk, Pod pod, PodEnd end) {
    var name = pod.getMetadata().getName();
    var task = pod.getMetadata().getLabels().getOrDefault(Labels.POD_KEY, "");
    switch (pod.getStatus() == null ? "" : pod.getStatus().getPhase()) {
      case "" -> walk.start(name);
      case "Running" -> end(walk, name, task, end);
      default -> {}
    }
  }

  private static void end(Walk walk, String pod, String task, PodEnd end) {
    switch (task) {
      case "worker" -> endWorker(walk, pod);
      case "s0" -> endBuilder(walk, pod, end);
      default -> {
        // The Pod waits for the stage that it copies from.
        if (walk.isBuilt("s0")) {
          walk.completeStage(pod, task);
        }
      }
    }
  }

  private static void endWorker(Walk walk, String pod) {
    walk.completePrepare(Plans.builderAndTarget());
    walk.cluster().log(pod + "/publish", nothingCached("s0") + nothingCached("s1"));
    if (walk.isBuilt("s0") && walk.isBuilt("s1")) {
      walk.completePublish(pod + "/publish");
    }
  }

  private static String nothingCached(String stage) {
    var cache = new StageCache(stage, 0, false, 0, 0, Optional.empty());
    return LogFrame.format(LogFrame.Kind.CACHE, Json.write(cache)) + "\n";
  }

  private static void endBuilder(Walk walk, String pod, PodEnd end) {
    switch (end) {
      case IS_EVICTED -> {
        if (pod.equals("hello-1-s0")) {
          walk.evict(pod);
        } else {
          walk.completeStage(pod, "s0");
        }
      }
      case FAILS -> walk.fail(pod, Phase.STAGE, Failure.of(FailureReason.RunFailed, "exit code 1"));
      case COMPLETES -> walk.completeStage(pod, "s0");
    }
  }
}
