package dev.stagewright.kubectl.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.kubectl.control.WaitGoal.Progress;
import dev.stagewright.kubectl.support.TestBuilds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitGoalTest {
  private static final String CONDITIONS =
      "\nconditions: [{type: Prepared, status: 'True', reason: P, message: '',"
          + " lastTransitionTime: '2026-01-01T00:00:00Z'}]";

  @ParameterizedTest
  @CsvSource({
    "success,                     Building,  OPEN",
    "success,                     Succeeded, REACHED",
    "success,                     Failed,    MISSED",
    "success,                     Cancelled, MISSED",
    "condition=Prepared,          Building,  REACHED",
    "condition=prepared=true,     Building,  REACHED",
    "condition=Prepared=False,    Building,  OPEN",
    "condition=Built,             Building,  OPEN",
    "condition=Built,             Failed,    MISSED",
    "phase=Building,              Preparing, OPEN",
    "phase=Building,              Building,  REACHED",
    "phase=building,              Pushing,   REACHED",
    "phase=Building,              Succeeded, REACHED",
    "phase=Building,              Failed,    MISSED",
    "phase=Failed,                Failed,    REACHED",
    "phase=Failed,                Succeeded, MISSED",
    "phase=Succeeded,             Pushing,   OPEN",
  })
  void dependsOnTheRun(String goal, String phase, Progress progress) {
    var build = TestBuilds.hello("phase: " + phase + CONDITIONS);

    assertThat(WaitGoal.parse(goal).progress(build)).isEqualTo(progress);
  }

  @Test
  void ignoresTheRunOfAnEarlierSpec() {
    var build = TestBuilds.hello("phase: Failed");
    build.getMetadata().setGeneration(2L);

    assertThat(new WaitGoal.Success().progress(build)).isEqualTo(Progress.OPEN);
  }

  @Test
  void ignoresTheRunBeforeARetry() {
    var build = TestBuilds.hello("phase: Failed");
    build.getMetadata().getAnnotations().put("stagewright.dev/rebuild", "now");

    assertThat(new WaitGoal.Observed().progress(build)).isEqualTo(Progress.OPEN);
  }

  @ParameterizedTest
  @CsvSource({
    "done, must be success",
    "condition=Done, Done is not one of Ready",
    "condition=Ready=Maybe, 'Maybe is not one of True, False, Unknown'",
    "phase=, is not one of Pending",
    "phase, must be success"
  })
  void rejectsOthers(String goal, String message) {
    assertThatThrownBy(() -> WaitGoal.parse(goal))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
