package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.controller.run.Labels;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.FakeCluster.OperatorCrashed;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Phase;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operator dies, once, at every single change that it makes: a build ends the same. */
class OperatorCrashTest {
  private static final int MORE_THAN_ENOUGH = 40;

  /** What becomes of the first Pod of the stage {@code builder}. */
  enum Fate {
    ENDS_WELL(BuildPhase.Succeeded, 1),
    IS_EVICTED(BuildPhase.Succeeded, 2),
    FAILS(BuildPhase.Failed, 1);

    private final BuildPhase end;
    private final int attempts;

    Fate(BuildPhase end, int attempts) {
      this.end = end;
      this.attempts = attempts;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ENDS_WELL, false",
    "ENDS_WELL, true",
    "IS_EVICTED, false",
    "IS_EVICTED, true",
    "FAILS, false",
    "FAILS, true"
  })
  void aBuildEndsTheSameWhereverTheOperatorDies(Fate fate, boolean after) {
    var change = 1;
    while (dies(fate, change, after)) {
      change++;
    }
    assertThat(change).as("changes of a whole run").isGreaterThan(10);
  }

  /** Whether the operator has lived to make this change. */
  private static boolean dies(Fate fate, int change, boolean after) {
    var walk = new Walk(Builds.hello());
    walk.cluster().crashOperatorAt(change, after);
    var died = false;
    for (var steps = 0; steps < MORE_THAN_ENOUGH; steps++) {
      died |= !survivesLook(walk);
      walk.cluster().cached().pods().forEach(pod -> advance(walk, pod, fate));
      walk.pass(Duration.ofSeconds(1));
    }

    var where = "death %s change %d".formatted(after ? "after" : "before", change);
    assertThat(walk.hasEnded()).as(where).isTrue();
    assertThat(walk.status().phase()).as(where).isEqualTo(fate.end);
    assertThat(walk.status().attempts())
        .as(where)
        .containsKeys("prepare", "s0")
        .allSatisfy((task, count) ->
            assertThat(count).as(task).isEqualTo(task.equals("s0") ? fate.attempts : 1));
    assertThat(walk.cluster().created()).as(where).doesNotHaveDuplicates();
    assertThat(walk.cluster().names()).as(where).doesNotContain("hello-1-workspace");
    return died;
  }

  private static boolean survivesLook(Walk walk) {
    try {
      walk.reconcile();
      return true;
    } catch (OperatorCrashed _) {
      return false;
    }
  }

  /** Takes a Pod one step further. */
  private static void advance(Walk walk, Pod pod, Fate fate) {
    var name = pod.getMetadata().getName();
    var task = pod.getMetadata().getLabels().getOrDefault(Labels.TASK, "");
    switch (pod.getStatus() == null ? "" : pod.getStatus().getPhase()) {
      case "" -> walk.start(name);
      case "Running" -> end(walk, name, task, fate);
      default -> {}
    }
  }

  private static void end(Walk walk, String pod, String task, Fate fate) {
    switch (task) {
      case "prepare" -> walk.completePrepare(Plans.builderAndTarget());
      case "push" -> walk.completePush(pod);
      case "s0" -> endBuilder(walk, pod, fate);
      default -> {
        // It copies from the other stage.
        if (walk.isBuilt("s0")) {
          walk.completeStage(pod, task);
        }
      }
    }
  }

  private static void endBuilder(Walk walk, String pod, Fate fate) {
    switch (fate) {
      case IS_EVICTED -> {
        if (pod.equals("hello-1-s0")) {
          walk.evict(pod);
        } else {
          walk.completeStage(pod, "s0");
        }
      }
      case FAILS -> walk.fail(pod, Phase.STAGE, Failure.of(FailureReason.RunFailed, "exit code 1"));
      case ENDS_WELL -> walk.completeStage(pod, "s0");
    }
  }
}
