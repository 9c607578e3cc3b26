package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.controller.cluster.Cluster.Creation;
import dev.stagewright.controller.cluster.Cluster.Warning;
import dev.stagewright.controller.cluster.PodLog;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.Phase;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Failures of a build and of the infrastructure. */
class RunFailuresTest {
  private static final Failure RUN_FAILED =
      new Failure(
          FailureReason.RunFailed,
          "the command ended with exit code 42",
          Optional.of("builder"),
          Optional.of(new InstructionPosition("Dockerfile", 3, "RUN make")),
          Optional.of(42));

  private final Walk walk = Walk.prepared(Builds.hello(), Plans.builderAndTarget());

  @Test
  void reportsInstructionExitCodeAndLog() {
    walk.cluster().log("hello-1-s0", "[builder 2/2] RUN make\nboom\n");
    walk.fail("hello-1-s0", Phase.STAGE, RUN_FAILED).reconcile();

    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Failed);
    assertThat(walk.failure())
        .extracting("reason", "stage", "instruction", "line", "exitCode", "pod")
        .containsExactly("RunFailed", "builder", "RUN make", 3, 42, "hello-1-s0");
    assertThat(walk.failure().logTail()).containsExactly("boom");
    assertThat(walk.stage("s0").phase()).isEqualTo(StagePhase.Failed);
    assertThat(walk.stage("s1").phase()).isEqualTo(StagePhase.Cancelled);
    walk.assertSettled();
  }

  @Test
  void failedStageStopsOtherStages() {
    walk.schedule("hello-1-s0").reconcile();
    walk.start("hello-1-s1").reconcile();
    walk.fail("hello-1-s0", Phase.STAGE, RUN_FAILED).reconcile();
    assertThat(walk.requeueAfter()).isPresent();
    walk.reconcile();

    assertThat(walk.cluster().names())
        .contains("hello-1-worker", "hello-1-s0")
        .doesNotContain("hello-1-s1", "hello-1-worker-2");
    assertThat(walk.cluster().ended()).containsExactly("hello-1-worker");
  }

  @Test
  void syntaxErrorStartsNoStage() {
    var failure =
        Failure.of(FailureReason.DockerfileInvalid, "dockerfile parse error on line 3: …");
    var syntax = new Walk(Builds.hello()).reconcile();
    syntax.fail("hello-1-worker/prepare", Phase.PREPARE, failure).reconcile();

    assertThat(syntax.failure()).extracting("reason").isEqualTo("DockerfileInvalid");
    assertThat(syntax.cluster().created()).hasSize(3);
  }

  @Test
  void failedCheckEndsRunEarly() {
    var walk = new Walk(Builds.hello()).reconcile().reconcile();
    walk.fail(
            "hello-1-worker/publish",
            Phase.PUBLISH,
            Failure.of(FailureReason.ProjectNotFound, "no team"))
        .reconcile();

    assertThat(walk.failure())
        .extracting("reason", "message", "pod")
        .containsExactly("ProjectNotFound", "no team", "hello-1-worker");
    walk.reconcile();
    assertThat(walk.cluster().names()).doesNotContain("hello-1-s0");
    assertThat(walk.cluster().ended()).containsExactly("hello-1-worker");
  }

  @Test
  void reportsFailureAfterCrash() {
    walk.setWaiting("hello-1-s0", "ImagePullBackOff", "not found");
    walk.pass(Duration.ofMinutes(6));
    walk.reconcileWithoutStatusUpdate().reconcile();

    assertThat(walk.status().failure()).extracting("reason").isEqualTo("BaseImageUnavailable");
    assertThat(walk.status().attempts()).containsEntry("s0", 1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "evicted, 0",
    "deleted, 0",
    "registry unavailable, 5",
    "killed without a word, 0",
    "forgotten by a node that was restarted, 0",
  })
  void retriesInfrastructureFailure(String fault, int pauseSeconds) {
    walk.schedule("hello-1-s0").reconcile();
    cause(fault, "hello-1-s0");
    walk.reconcile();
    if (pauseSeconds > 0) {
      assertThat(walk.cluster().names()).doesNotContain("hello-1-s0-2");
      assertThat(walk.requeueAfter()).contains(Duration.ofSeconds(pauseSeconds));
      walk.after(Duration.ofSeconds(pauseSeconds));
    }

    assertThat(walk.cluster().names()).contains("hello-1-s0-2", "hello-1-s1");
    assertThat(walk.status().attempts()).containsEntry("s0", 2).containsEntry("s1", 1);
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Building);
    assertThat(walk.cluster().eventReasons()).contains("Retrying");
  }

  /** A node that goes down in between does not start the container afterwards. */
  @Test
  void replacesContainerThatDoesNotStart() {
    walk.setWaiting("hello-1-s0", "", "").reconcile();
    assertThat(walk.stage("s0").phase()).isEqualTo(StagePhase.Pending);
    assertThat(walk.status().attempts()).containsEntry("s0", 1);

    walk.after(Duration.ofSeconds(61));

    assertThat(walk.status().attempts()).containsEntry("s0", 2);
    assertThat(walk.cluster().names()).contains("hello-1-s0-2").doesNotContain("hello-1-s0");
  }

  @Test
  void doesNotReplacePodOfDeletedBuild() {
    walk.schedule("hello-1-s0").reconcile();
    walk.cluster().deleteUnchanged(Builds.hello());

    walk.reconcile();

    assertThat(walk.cluster().names()).isEmpty();
  }

  @Test
  void failsAfterThreeAttempts() {
    for (var pod : new String[] {"hello-1-s0", "hello-1-s0-2", "hello-1-s0-3"}) {
      walk.evict(pod).reconcile();
    }

    assertThat(walk.failure()).extracting("reason").isEqualTo("PodLost");
    assertThat(walk.failure().message()).contains("Evicted", "tried 3 times");
  }

  private void cause(String fault, String pod) {
    switch (fault) {
      case "evicted" -> walk.evict(pod);
      case "deleted" -> walk.cluster().remove(pod);
      case "registry unavailable" ->
          walk.fail(pod, Phase.STAGE, Failure.of(FailureReason.RegistryUnavailable, "503"));
      case "forgotten by a node that was restarted" -> walk.end(pod, 255, "Unknown", "");
      default -> walk.end(pod, Phase.STAGE.exitCode(FailureReason.PodLost), "Error", "");
    }
  }

  @Test
  void doesNotRepeatFinishedStage() {
    walk.start("hello-1-s0").reconcile();
    walk.completeStage("hello-1-s0", "s0").reconcile();
    var known = walk.stage("s0");

    walk.cluster().remove("hello-1-s0");
    walk.reconcile();

    assertThat(walk.stage("s0")).isEqualTo(known);
    assertThat(walk.cluster().names()).doesNotContain("hello-1-s0", "hello-1-s0-2");
  }

  @Test
  void uncachedPodIsNotLost() {
    walk.cluster().hideFromCache("hello-1-s0");
    walk.reconcile();

    assertThat(walk.cluster().names()).doesNotContain("hello-1-s0-2");
  }

  @Test
  void uncachedPlanIsNotCreatedAgain() {
    walk.cluster().hideFromCache("hello-1-plan");
    walk.cluster().log("hello-1-worker", new PodLog.Unavailable("not found"));
    walk.reconcile();

    assertThat(walk.cluster().names()).doesNotContain("hello-1-worker-2");
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Building);
  }

  @ParameterizedTest
  @CsvSource({
    "137, OOMKilled, '', OutOfMemory",
    "32, Error, '', Internal",
    "1, Error, 'not json', Internal",
    "0, Completed, '', Internal",
  })
  void exitCodeClassifiesCrash(int exitCode, String reason, String message, String expected) {
    walk.end("hello-1-s0", exitCode, reason, message).reconcile();

    assertThat(walk.failure()).extracting("reason").isEqualTo(expected);
    assertThat(walk.failure().stage()).isEqualTo("builder");
  }

  @Test
  void imagePullFailureEndsRunLater() {
    walk.setWaiting("hello-1-s0", "ImagePullBackOff", "not found").reconcile();
    assertThat(walk.stage("s0").reason()).isEqualTo("ImagePullBackOff");
    assertThat(walk.status().conditions().getFirst().message())
        .isEqualTo("stage builder: ImagePullBackOff: not found");
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Building);

    walk.after(Duration.ofMinutes(6));
    assertThat(walk.failure()).extracting("reason").isEqualTo("BaseImageUnavailable");
    assertThat(walk.failure().message()).contains("ImagePullBackOff", "not found");
  }

  @Test
  void missingSecretEndsRunLater() {
    var start = new Walk(Builds.hello()).reconcile();
    start.schedule("hello-1-worker");
    start.cluster().warn("hello-1-worker", new Warning("FailedMount", "secret \"pull\" not found"));

    start.after(Duration.ofSeconds(20));
    assertThat(start.status().conditions().getFirst().message())
        .contains("the Secret pull does not exist");
    start.after(Duration.ofMinutes(6));
    assertThat(start.failure()).extracting("reason").isEqualTo("SecretNotFound");
    assertThat(start.failure().message()).contains("the Secret pull does not exist");
  }

  @Test
  void exceededQuotaQueuesRun() {
    var queued = new Walk(Builds.hello());
    queued.cluster().refuse("hello-1-worker", new Creation.QuotaExceeded("exceeded quota: pods"));
    queued.reconcile();
    assertThat(queued.status().phase()).isEqualTo(BuildPhase.Queued);
    assertThat(queued.status().attempts()).isEmpty();
    assertThat(queued.requeueAfter()).contains(Duration.ofSeconds(3));

    queued.after(Duration.ofDays(1));
    queued.cluster().accept("hello-1-worker");
    queued.after(Duration.ofSeconds(3));
    assertThat(queued.status().phase()).isEqualTo(BuildPhase.Preparing);
  }

  @Test
  void refusedPodFailsBuild() {
    var refused = new Walk(Builds.hello());
    refused.cluster().refuse("hello-1-worker", new Creation.Refused("violates PodSecurity"));
    refused.reconcile();

    assertThat(refused.failure()).extracting("reason").isEqualTo("PodNotStarted");
    assertThat(refused.failure().message()).contains("violates PodSecurity");
  }

  @Test
  void waitsForDeletionOfSameName() {
    var again = new Walk(Builds.hello());
    again.cluster().refuse("hello-1-workspace", new Creation.Occupied());
    again.reconcile();

    assertThat(again.status().phase()).isEqualTo(BuildPhase.Preparing);
    assertThat(again.status().conditions().getFirst().reason()).isEqualTo("NameOccupied");
    assertThat(again.cluster().names()).doesNotContain("hello-1-worker");
    assertThat(again.status().attempts()).isEmpty();

    again.cluster().accept("hello-1-workspace");
    again.reconcile();

    assertThat(again.cluster().names()).contains("hello-1-worker");
    assertThat(again.status().attempts()).containsEntry("worker", 1);
  }

  @Test
  void timeoutStopsRun() {
    var slow =
        Walk.prepared(
            Builds.hello("source: {inline: {dockerfile: FROM x}}\ntimeout: 20s"),
            Plans.builderAndTarget());
    slow.start("hello-1-s0").reconcile();
    slow.cluster().log("hello-1-s0", "[builder 1/1] RUN sleep 600\nasleep\n");

    slow.after(Duration.ofSeconds(21));

    assertThat(slow.failure())
        .extracting("reason", "stage", "pod")
        .containsExactly("Timeout", "builder", "hello-1-s0");
    assertThat(slow.failure().logTail()).containsExactly("asleep");
    slow.reconcile();
    assertThat(slow.cluster().names()).doesNotContain("hello-1-s0");
  }

  @Test
  void deletedWorkspaceFailsBuild() {
    walk.cluster().remove("hello-1-workspace");
    walk.reconcile();

    assertThat(walk.failure()).extracting("reason").isEqualTo("PodLost");
    assertThat(walk.failure().message()).contains("hello-1-workspace");
  }

  @Test
  void retriesPrepareWithoutPlan() {
    var start = new Walk(Builds.hello()).reconcile();
    start.completePrepare(Plans.builderAndTarget());
    start.cluster().log("hello-1-worker", "the log was cut\n");
    start.reconcile();
    assertThat(start.cluster().names()).contains("hello-1-worker-2").doesNotContain("hello-1-s0");

    start.completePreparePod("hello-1-worker-2/prepare", Plans.builderAndTarget()).reconcile();

    assertThat(start.cluster().names()).contains("hello-1-s0").doesNotContain("hello-1-worker-3");
  }

  @Test
  void waitsForLogOfRestartedNode() {
    var start = prepareOnUnreachableNode();
    assertThat(start.cluster().names()).doesNotContain("hello-1-worker-2", "hello-1-s0");
    assertThat(start.requeueAfter()).contains(Duration.ofSeconds(3));
    assertThat(start.status().conditions().getFirst().message())
        .isEqualTo("waiting for the log of prepare, which contains the plan: connection refused");

    start.completePrepare(Plans.builderAndTarget()).reconcile();

    assertThat(start.cluster().names()).contains("hello-1-s0").doesNotContain("hello-1-worker-2");
  }

  @Test
  void retriesPrepareOfLostNode() {
    var start = prepareOnUnreachableNode();

    start.after(Duration.ofMinutes(3));

    assertThat(start.cluster().names()).contains("hello-1-worker-2").doesNotContain("hello-1-s0");
  }

  private static Walk prepareOnUnreachableNode() {
    var start = new Walk(Builds.hello()).reconcile();
    start.completePrepare(Plans.builderAndTarget());
    start.cluster().log("hello-1-worker", new PodLog.Unavailable("connection refused"));
    return start.reconcile();
  }

  @Test
  void invalidOutputFailsAtOnce() {
    var bad = Builds.hello("output: {image: Not A Name}\nsource: {inline: {dockerfile: FROM x}}");
    var walk = new Walk(bad).reconcile();

    assertThat(walk.failure()).extracting("reason").isEqualTo("InvalidRequest");
    assertThat(walk.failure().message()).contains("spec.output.image", "Not A Name");
    assertThat(walk.cluster().created()).isEmpty();
  }
}
