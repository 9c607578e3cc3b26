package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** During a run, the operator moves to a node whose clock is wrong. */
class ClockSkewTest {
  private static final String SPEC =
      """
      source: {inline: {dockerfile: FROM x}}
      timeout: 20m
      workspace: {accessMode: ReadWriteMany}
      stages: [{name: builder, timeout: 5m}]
      """;

  private final Walk walk = Walk.prepared(Builds.hello(SPEC), Plans.builderAndTarget());

  @ParameterizedTest(name = "off by {0}")
  @ValueSource(strings = {"PT1H", "PT-1H", "PT40S", "PT-40S"})
  void timeoutsDoNotDependOnClocks(Duration offset) {
    walk.start("hello-1-s0").reconcile();
    walk.offsetOperatorClock(offset).after(Duration.ofMinutes(4));
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Building);

    walk.after(Duration.ofMinutes(2));
    assertThat(walk.failure().reason()).isEqualTo("StageTimeout");
  }

  @ParameterizedTest(name = "off by {0}")
  @ValueSource(strings = {"PT1H", "PT-1H", "PT40S", "PT-40S"})
  void deletionTimeoutDoesNotDependOnClocks(Duration offset) {
    walk.start("hello-1-s0").reconcile();
    walk.offsetOperatorClock(offset).requestDeletion("hello-1-s0").after(Duration.ofSeconds(20));
    assertThat(walk.cluster().names()).doesNotContain("hello-1-s0-2");

    walk.after(Duration.ofSeconds(20));
    assertThat(walk.cluster().names()).contains("hello-1-s0-2");
  }

  @ParameterizedTest(name = "off by {0}")
  @ValueSource(strings = {"PT1H", "PT-1H"})
  void startTimeoutDoesNotDependOnClocks(Duration offset) {
    walk.setWaiting("hello-1-s0", "ImagePullBackOff", "not found").reconcile();
    walk.offsetOperatorClock(offset).after(Duration.ofMinutes(4));
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Building);

    walk.after(Duration.ofMinutes(2));
    assertThat(walk.failure().reason()).isEqualTo("BaseImageUnavailable");
  }

  @ParameterizedTest(name = "off by {0}")
  @ValueSource(strings = {"PT1H", "PT-1H"})
  void statusUsesApiServerTime(Duration offset) {
    var startedAt = Instant.parse(String.valueOf(walk.status().startTime()));
    walk.offsetOperatorClock(offset);
    walk.completeStage("hello-1-s0", "s0").reconcile();
    walk.completeStage("hello-1-s1", "s1").after(Duration.ofMinutes(1));
    walk.completePublish("hello-1-worker/publish").after(Duration.ofMinutes(1));

    var ended = Instant.parse(String.valueOf(walk.status().completionTime()));
    assertThat(Duration.between(startedAt, ended))
        .isBetween(Duration.ofSeconds(115), Duration.ofSeconds(125));
  }
}
