package dev.stagewright.kubectl.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.kubectl.control.CancelDecision.AlreadyEnded;
import dev.stagewright.kubectl.control.CancelDecision.Cancel;
import dev.stagewright.kubectl.control.RetryDecision.Refused;
import dev.stagewright.kubectl.control.RetryDecision.Start;
import dev.stagewright.kubectl.support.TestBuilds;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What cancel and retry do with a build. */
class RunDecisionsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static ImageBuild build(String status) {
    return TestBuilds.hello(status);
  }

  private static ImageBuild changed(String status) {
    var build = build(status);
    build.getMetadata().setGeneration(5L);
    return build;
  }

  private static ImageBuild suspended() {
    return Serialization.unmarshal(
        """
        apiVersion: stagewright.dev/v1alpha1
        kind: ImageBuild
        metadata: {name: hello, generation: 1}
        spec: {suspend: true}
        """,
        ImageBuild.class);
  }

  @Nested
  class CancelCommands {
    @Test
    void cancelTheActiveRun() {
      assertThat(CancelDecision.of(build("phase: Building\nrun: 3")))
          .isEqualTo(new Cancel(3, false));
      assertThat(CancelDecision.of(build("phase: Queued\nrun: 3"))).isEqualTo(new Cancel(3, false));
    }

    @Test
    void sayThatAnotherRunFollowsAChange() {
      assertThat(CancelDecision.of(changed("phase: Building\nrun: 3")))
          .isEqualTo(new Cancel(3, true));
    }

    @Test
    void cancelTheRunThatTheOperatorHasNotSeen() {
      assertThat(CancelDecision.of(build(""))).isEqualTo(new Cancel(1, false));
      assertThat(CancelDecision.of(changed("phase: Failed\nrun: 3")))
          .isEqualTo(new Cancel(5, false));
      assertThat(CancelDecision.of(changed("phase: Failed\nrun: 7")))
          .isEqualTo(new Cancel(8, false));
    }

    @Test
    void leaveARunThatHasEnded() {
      assertThat(CancelDecision.of(build("phase: Failed\nrun: 3")))
          .isEqualTo(new AlreadyEnded(3, BuildPhase.Failed));
    }

    @Test
    void knowHowARunEnded() {
      assertThat(CancelDecision.end(build("phase: Building\nrun: 3"), 3)).isEmpty();
      assertThat(CancelDecision.end(build("phase: Succeeded\nrun: 2"), 3)).isEmpty();
      assertThat(CancelDecision.end(build("phase: Cancelled\nrun: 3"), 3))
          .contains(BuildPhase.Cancelled);
      assertThat(
              CancelDecision.end(
                  build(
                      "phase: Building\nrun: 4\nhistory: [{generation: 1, run: 3, phase: Succeeded}]"),
                  3))
          .contains(BuildPhase.Succeeded);
      assertThat(CancelDecision.end(build("phase: Building\nrun: 4"), 3))
          .contains(BuildPhase.Cancelled);
    }
  }

  @Nested
  class RetryCommands {
    @Test
    void startAnotherRunOfABuildThatHasEnded() {
      assertThat(RetryDecision.of(build("phase: Failed"), NOW))
          .isEqualTo(new Start("2026-01-01T00:00:00Z"));
      assertThat(RetryDecision.of(build("phase: Succeeded"), NOW)).isInstanceOf(Start.class);
    }

    @Test
    void areRefusedWhileARunIsActive() {
      assertThat(RetryDecision.of(build("phase: Building\nrun: 3"), NOW))
          .isEqualTo(
              new Refused(
                  "run 3 of hello is Building; wait for it, or stop it with stagewright cancel"
                      + " hello"));
    }

    @Test
    void areRefusedBeforeARun() {
      assertThat(RetryDecision.of(changed("phase: Failed"), NOW))
          .isEqualTo(
              new Refused("another run of hello is about to start; see stagewright logs -f hello"));
      assertThat(RetryDecision.of(build(""), NOW))
          .isEqualTo(new Refused("hello has not started yet; see stagewright logs -f hello"));
    }

    @Test
    void areRefusedForASuspendedBuild() {
      assertThat(RetryDecision.of(suspended(), NOW))
          .isEqualTo(
              new Refused(
                  "hello is suspended, so no run would start; set spec.suspend to false first"));
    }
  }
}
