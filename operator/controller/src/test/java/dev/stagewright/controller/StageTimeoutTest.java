package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stage with its own timeout. */
class StageTimeoutTest {
  private final Walk walk =
      Walk.prepared(
          Builds.hello(
              "source: {inline: {dockerfile: FROM x}}\nstages: [{name: builder, timeout: 5m}]"),
          Plans.builderAndTarget());

  @Test
  void failureNamesStage() {
    walk.start("hello-1-s0").after(Duration.ofMinutes(5));
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Building);

    walk.after(Duration.ofSeconds(1));
    assertThat(walk.failure())
        .extracting("reason", "stage", "pod")
        .containsExactly("StageTimeout", "builder", "hello-1-s0");
    assertThat(walk.failure().message()).contains("5m");
  }

  @Test
  void startsWithContainer() {
    walk.schedule("hello-1-s0").after(Duration.ofMinutes(30));

    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Building);
  }

  @Test
  void kubeletEnforcesTimeout() {
    var pod = walk.cluster().requirePod("hello-1-s0");
    assertThat(pod.getSpec().getActiveDeadlineSeconds())
        .isEqualTo(Duration.ofMinutes(20).toSeconds());
    pod.setStatus(new PodStatusBuilder().withReason("DeadlineExceeded").build());
    walk.reconcile();

    assertThat(walk.failure().reason()).isEqualTo("StageTimeout");
  }

  @ParameterizedTest(name = "clock {0} behind")
  @CsvSource({"PT1H", "PT-1H"})
  void doesNotDependOnNodeClock(Duration behind) {
    walk.schedule("hello-1-s0").startAt("hello-1-s0", behind.negated()).reconcile();
    walk.after(Duration.ofMinutes(4));

    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Building);
  }
}
