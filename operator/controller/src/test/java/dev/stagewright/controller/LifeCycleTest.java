package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import dev.stagewright.protocol.BuildPlan;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a build when it is stopped, and after its end. */
class LifeCycleTest {
  private static final String SOURCE = "source: {inline: {dockerfile: FROM alpine}}\n";
  private static final BuildPlan ONE_STAGE =
      Plans.of(Plans.stage("s0", "0", Plans.image("alpine")));

  private static Walk succeeded(String spec) {
    var walk = Walk.prepared(Builds.hello(SOURCE + spec), ONE_STAGE);
    walk.stageEnds("hello-1-s0", "s0").look();
    return walk.pushEnds("hello-1-push").look();
  }

  @Test
  void aSuspendedBuildBeginsNothing() {
    var walk = new Walk(Builds.hello(SOURCE + "suspend: true")).look();

    assertThat(walk.cluster().names()).isEmpty();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Cancelled);
    assertThat(walk.status().startTime()).isNull();
    assertThat(walk.condition("Ready")).isEqualTo("False Suspended");
    assertThat(walk.condition("Stalled")).isEqualTo("True Suspended");
    assertThat(walk.cluster().noticeReasons()).containsExactly("Suspended");
    walk.isSettled();
  }

  @Test
  void suspendingStopsARunInFlight() {
    var walk = Walk.prepared(Builds.hello(SOURCE), Plans.builderAndTarget());
    walk.start("hello-1-s0").look();
    walk.change(Builds.spec(SOURCE + "suspend: true")).look();

    assertThat(walk.cluster().names()).isEmpty();
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Cancelled);
    assertThat(walk.status().history())
        .singleElement()
        .extracting("generation", "phase", "reason")
        .containsExactly(1L, BuildPhase.Cancelled, "Suspended");
  }

  @Test
  void aBuildThatIsSuspendedNoMoreIsBuiltAnew() {
    var walk = new Walk(Builds.hello(SOURCE + "suspend: true")).look();
    walk.change(Builds.spec(SOURCE)).look();

    assertThat(walk.cluster().names()).contains("hello-2-prepare");
    assertThat(walk.status().history()).isEmpty();
  }

  @Test
  void theWorkspaceGoesAfterTheRunAndThePodsStayForTheirLogs() {
    var walk = succeeded("");
    assertThat(walk.cluster().names()).contains("hello-1-workspace");

    walk.after(Duration.ofSeconds(20));
    assertThat(walk.cluster().names())
        .doesNotContain("hello-1-workspace")
        .contains("hello-1-prepare", "hello-1-s0", "hello-1-push");
    assertThat(walk.lookAgain()).isEmpty();
    walk.isSettled();
  }

  @Test
  void theWorkspaceStaysWhileAPodMayStillUseIt() {
    var walk = Walk.prepared(Builds.hello(SOURCE + "timeout: 10s"), ONE_STAGE);
    walk.start("hello-1-s0").after(Duration.ofSeconds(11));
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Failed);
    var running = walk.cluster().requirePod("hello-1-s0");

    walk.look();
    walk.cluster().put(running);
    walk.after(Duration.ofMinutes(1));
    assertThat(walk.cluster().names()).contains("hello-1-workspace");

    walk.cluster().remove("hello-1-s0");
    walk.look();
    assertThat(walk.cluster().names()).doesNotContain("hello-1-workspace");
  }

  @Test
  void aWorkspaceThatIsToStayWithTheBuildStays() {
    var walk = succeeded("workspace: {reclaim: WithBuild}");

    assertThat(walk.after(Duration.ofDays(9)).cluster().names()).contains("hello-1-workspace");
  }

  @Test
  void aFinishedBuildIsDeletedWhenItsTimeHasCome() {
    var walk = succeeded("ttlAfterFinished: 1h\nworkspace: {reclaim: WithBuild}");
    walk.look();
    assertThat(walk.lookAgain()).contains(Duration.ofHours(1));

    walk.after(Duration.ofMinutes(59));
    assertThat(walk.cluster().isExpired()).isFalse();
    walk.after(Duration.ofMinutes(1));
    assertThat(walk.cluster().isExpired()).isTrue();
  }

  @Test
  void aSuspendedBuildIsNotFinishedAndStays() {
    var walk = new Walk(Builds.hello(SOURCE + "suspend: true\nttlAfterFinished: 0s")).look();

    assertThat(walk.after(Duration.ofDays(1)).cluster().isExpired()).isFalse();
  }

  @Test
  void aClockThatWasSetBackDeletesNothingEarly() {
    var walk = succeeded("ttlAfterFinished: 10m");

    walk.after(Duration.ofHours(-3));
    assertThat(walk.cluster().isExpired()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"5, 3", "2, 2", "0, 0"})
  void earlierRunsAreToldUpToALimit(int limit, int told) {
    var walk = succeeded("historyLimit: " + limit);
    for (var i = 0; i < 3; i++) {
      walk.change(Builds.spec(SOURCE + "historyLimit: " + limit)).look().look();
    }

    assertThat(walk.status().history()).hasSize(told);
    if (told == 3) {
      assertThat(walk.status().history())
          .extracting("generation", "phase", "reason")
          .first()
          .asString()
          .isEqualTo("(3L, Cancelled, \"Replaced\")");
      assertThat(walk.status().history().getLast().image())
          .startsWith("registry.example.com/team/hello@sha256:");
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 2", "3, 4"})
  void aLostPodIsReplacedAsOftenAsTheSpecSays(int retries, int pods) {
    var walk = Walk.prepared(Builds.hello(SOURCE + "retries: " + retries), ONE_STAGE);
    for (var i = 1; i <= pods; i++) {
      walk.evict(i == 1 ? "hello-1-s0" : "hello-1-s0-" + i).look();
    }

    assertThat(walk.failure().reason()).isEqualTo("PodLost");
    assertThat(walk.failure().message()).contains("tried " + pods + " time");
  }

  @ParameterizedTest
  @CsvSource({
    "'timeout: soon', spec.timeout",
    "'ttlAfterFinished: later', spec.ttlAfterFinished",
    "'stages: [{name: a}, {name: b, timeout: 10}]', spec.stages[1].timeout",
  })
  void aDurationThatIsNoneIsNamed(String spec, String field) {
    var walk = new Walk(Builds.hello(SOURCE + spec)).look();

    assertThat(walk.failure().reason()).isEqualTo("InvalidRequest");
    assertThat(walk.failure().message()).startsWith(field + ": not a duration");
  }
}
