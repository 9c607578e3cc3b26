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

/** What becomes of a build when something goes wrong. */
class RunFaultsTest {
  private static final Failure RUN_FAILED =
      new Failure(
          FailureReason.RunFailed,
          "the command ended with exit code 42",
          Optional.of("builder"),
          Optional.of(new InstructionPosition("Dockerfile", 3, "RUN make")),
          Optional.of(42));

  private final Walk walk = Walk.prepared(Builds.hello(), Plans.builderAndTarget());

  @Test
  void aFailedStageIsToldWithInstructionExitCodeAndLog() {
    walk.cluster().log("hello-1-s0", "[builder 2/2] RUN make\nboom\n");
    walk.fail("hello-1-s0", Phase.STAGE, RUN_FAILED).look();

    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Failed);
    assertThat(walk.failure())
        .extracting("reason", "stage", "instruction", "line", "exitCode", "pod")
        .containsExactly("RunFailed", "builder", "RUN make", 3, 42, "hello-1-s0");
    assertThat(walk.failure().logTail()).containsExactly("boom");
    assertThat(walk.stage("s0").phase()).isEqualTo(StagePhase.Failed);
    assertThat(walk.stage("s1").phase()).isEqualTo(StagePhase.Cancelled);
    walk.isSettled();
  }

  @Test
  void aFailedStageStopsTheOthersAndKeepsWhatIsOver() {
    walk.schedule("hello-1-s0").look();
    walk.start("hello-1-s1").look();
    walk.fail("hello-1-s0", Phase.STAGE, RUN_FAILED).look();
    assertThat(walk.lookAgain()).isPresent();
    walk.look();

    assertThat(walk.cluster().names())
        .contains("hello-1-prepare", "hello-1-s0")
        .doesNotContain("hello-1-s1", "hello-1-push");
  }

  @Test
  void aSyntaxErrorStartsNoStage() {
    var failure =
        Failure.of(FailureReason.DockerfileInvalid, "dockerfile parse error on line 3: …");
    var syntax = new Walk(Builds.hello()).look();
    syntax.fail("hello-1-prepare", Phase.PREPARE, failure).look();

    assertThat(syntax.failure()).extracting("reason").isEqualTo("DockerfileInvalid");
    assertThat(syntax.cluster().created()).hasSize(3);
  }

  @Test
  void anImageThatTheRegistryWouldNotTakeFailsBeforeAnyStageAndBeforePrepareIsDone() {
    var doomed = new Walk(Builds.hello()).look().look();
    doomed
        .fail("hello-1-check", Phase.CHECK, Failure.of(FailureReason.ProjectNotFound, "no team"))
        .look();

    assertThat(doomed.failure())
        .extracting("reason", "message", "pod")
        .containsExactly("ProjectNotFound", "no team", "hello-1-check");
    doomed.look();
    assertThat(doomed.cluster().names()).doesNotContain("hello-1-prepare", "hello-1-s0");
  }

  @Test
  void anOperatorThatDiesBeforeItTellsAFailureTellsItWhenItIsBack() {
    walk.hold("hello-1-s0", "ImagePullBackOff", "not found");
    walk.pass(Duration.ofMinutes(6));
    walk.dieBeforeTheStatusIsWritten().look();

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
  void aFaultOfTheInfrastructureIsTriedAgain(String fault, int pauseSeconds) {
    walk.schedule("hello-1-s0").look();
    cause(fault, "hello-1-s0");
    walk.look();
    if (pauseSeconds > 0) {
      assertThat(walk.cluster().names()).doesNotContain("hello-1-s0-2");
      assertThat(walk.lookAgain()).contains(Duration.ofSeconds(pauseSeconds));
      walk.after(Duration.ofSeconds(pauseSeconds));
    }

    assertThat(walk.cluster().names()).contains("hello-1-s0-2", "hello-1-s1");
    assertThat(walk.status().attempts()).containsEntry("s0", 2).containsEntry("s1", 1);
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Building);
    assertThat(walk.cluster().noticeReasons()).contains("Retrying");
  }

  /** A node that died between the two does not do it once it is back. */
  @Test
  void aContainerThatIsMadeAndNotStartedIsReplacedAfterAWhile() {
    walk.hold("hello-1-s0", "", "").look();
    assertThat(walk.stage("s0").phase()).isEqualTo(StagePhase.Pending);
    assertThat(walk.status().attempts()).containsEntry("s0", 1);

    walk.after(Duration.ofSeconds(61));

    assertThat(walk.status().attempts()).containsEntry("s0", 2);
    assertThat(walk.cluster().names()).contains("hello-1-s0-2").doesNotContain("hello-1-s0");
  }

  @Test
  void aPodThatWentWithItsImageBuildIsNotReplaced() {
    walk.schedule("hello-1-s0").look();
    walk.cluster().deleteUnchanged(Builds.hello());

    walk.look();

    assertThat(walk.cluster().names()).isEmpty();
  }

  @Test
  void afterThreeTriesItIsAFailure() {
    for (var pod : new String[] {"hello-1-s0", "hello-1-s0-2", "hello-1-s0-3"}) {
      walk.evict(pod).look();
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
  void aFinishedStageWhosePodIsGoneIsNotRunAgain() {
    walk.start("hello-1-s0").look();
    walk.stageEnds("hello-1-s0", "s0").look();
    var known = walk.stage("s0");

    walk.cluster().remove("hello-1-s0");
    walk.look();

    assertThat(walk.stage("s0")).isEqualTo(known);
    assertThat(walk.cluster().names()).doesNotContain("hello-1-s0", "hello-1-s0-2");
  }

  @Test
  void aPodThatTheCacheHasNotSeenYetIsNotLost() {
    walk.cluster().hideFromCache("hello-1-s0");
    walk.look();

    assertThat(walk.cluster().names()).doesNotContain("hello-1-s0-2");
  }

  @Test
  void aPlanThatTheCacheHasNotSeenYetIsNotMadeAgain() {
    walk.cluster().hideFromCache("hello-1-plan");
    walk.cluster().log("hello-1-prepare", new PodLog.Unavailable("not found"));
    walk.look();

    assertThat(walk.cluster().names()).doesNotContain("hello-1-prepare-2");
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Building);
  }

  @ParameterizedTest
  @CsvSource({
    "137, OOMKilled, '', OutOfMemory",
    "32, Error, '', Internal",
    "1, Error, 'not json', Internal",
    "0, Completed, '', Internal",
  })
  void aContainerThatDoesNotSayWhyItEndedIsJudgedByHow(
      int exitCode, String reason, String message, String expected) {
    walk.end("hello-1-s0", exitCode, reason, message).look();

    assertThat(walk.failure()).extracting("reason").isEqualTo(expected);
    assertThat(walk.failure().stage()).isEqualTo("builder");
  }

  @Test
  void anImageThatCannotBePulledIsToldAtOnceAndFailsLater() {
    walk.hold("hello-1-s0", "ImagePullBackOff", "not found").look();
    assertThat(walk.stage("s0").reason()).isEqualTo("ImagePullBackOff");
    assertThat(walk.status().conditions().getFirst().message())
        .isEqualTo("stage builder: ImagePullBackOff: not found");
    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Building);

    walk.after(Duration.ofMinutes(6));
    assertThat(walk.failure()).extracting("reason").isEqualTo("BaseImageUnavailable");
    assertThat(walk.failure().message()).contains("ImagePullBackOff", "not found");
  }

  @Test
  void aSecretThatIsMissingShowsByItsEventAndFailsLater() {
    var start = new Walk(Builds.hello()).look();
    start.schedule("hello-1-prepare");
    start
        .cluster()
        .warn("hello-1-prepare", new Warning("FailedMount", "secret \"pull\" not found"));

    start.after(Duration.ofSeconds(20));
    assertThat(start.status().conditions().getFirst().message()).contains("no Secret pull");
    start.after(Duration.ofMinutes(6));
    assertThat(start.failure()).extracting("reason").isEqualTo("SecretNotFound");
    assertThat(start.failure().message()).contains("no Secret pull");
  }

  @Test
  void aUsedUpQuotaQueuesTheBuildUntilThereIsRoom() {
    var queued = new Walk(Builds.hello());
    queued.cluster().refuse("hello-1-prepare", new Creation.QuotaExceeded("exceeded quota: pods"));
    queued.look();
    assertThat(queued.status().phase()).isEqualTo(BuildPhase.Queued);
    assertThat(queued.status().attempts()).isEmpty();
    assertThat(queued.lookAgain()).contains(Duration.ofSeconds(3));

    queued.after(Duration.ofDays(1));
    queued.cluster().accept("hello-1-prepare");
    queued.after(Duration.ofSeconds(3));
    assertThat(queued.status().phase()).isEqualTo(BuildPhase.Preparing);
  }

  @Test
  void aPodThatTheApiServerWillNeverTakeFailsTheBuild() {
    var refused = new Walk(Builds.hello());
    refused.cluster().refuse("hello-1-prepare", new Creation.Refused("violates PodSecurity"));
    refused.look();

    assertThat(refused.failure()).extracting("reason").isEqualTo("PodNotStarted");
    assertThat(refused.failure().message()).contains("violates PodSecurity");
  }

  @Test
  void aNamesakeOnItsWayOutIsWaitedFor() {
    var again = new Walk(Builds.hello());
    again.cluster().refuse("hello-1-workspace", new Creation.Occupied());
    again.look();

    assertThat(again.status().phase()).isEqualTo(BuildPhase.Preparing);
    assertThat(again.status().conditions().getFirst().reason()).isEqualTo("NameOccupied");
  }

  @Test
  void aRunThatTakesTooLongIsStopped() {
    var slow =
        Walk.prepared(
            Builds.hello("source: {inline: {dockerfile: FROM x}}\ntimeout: 20s"),
            Plans.builderAndTarget());
    slow.start("hello-1-s0").look();
    slow.cluster().log("hello-1-s0", "[builder 1/1] RUN sleep 600\nasleep\n");

    slow.after(Duration.ofSeconds(21));

    assertThat(slow.failure())
        .extracting("reason", "stage", "pod")
        .containsExactly("Timeout", "builder", "hello-1-s0");
    assertThat(slow.failure().logTail()).containsExactly("asleep");
    slow.look();
    assertThat(slow.cluster().names()).doesNotContain("hello-1-s0");
  }

  @Test
  void aWorkspaceThatIsDeletedInMidRunFailsTheBuild() {
    walk.cluster().remove("hello-1-workspace");
    walk.look();

    assertThat(walk.failure()).extracting("reason").isEqualTo("PodLost");
    assertThat(walk.failure().message()).contains("hello-1-workspace");
  }

  @Test
  void aPlanThatIsNotInTheLogIsAskedForAgain() {
    var start = new Walk(Builds.hello()).look();
    start.prepareEnds(Plans.builderAndTarget());
    start.cluster().log("hello-1-prepare", "the log was cut\n");
    start.look();
    assertThat(start.cluster().names()).contains("hello-1-prepare-2").doesNotContain("hello-1-s0");

    start.prepareEndsAs("hello-1-prepare-2", Plans.builderAndTarget()).look();

    assertThat(start.cluster().names()).contains("hello-1-s0").doesNotContain("hello-1-prepare-3");
  }

  @Test
  void aPlanWhoseNodeIsRestartedIsWaitedFor() {
    var start = preparedOnASilentNode();
    assertThat(start.cluster().names()).doesNotContain("hello-1-prepare-2", "hello-1-s0");
    assertThat(start.lookAgain()).contains(Duration.ofSeconds(3));
    assertThat(start.status().conditions().getFirst().message())
        .isEqualTo("waits for the log of prepare, which holds the plan: connection refused");

    start.prepareAloneEnds(1, Plans.builderAndTarget()).look();

    assertThat(start.cluster().names()).contains("hello-1-s0").doesNotContain("hello-1-prepare-2");
  }

  @Test
  void aPlanWhoseNodeDoesNotComeBackIsMadeAgain() {
    var start = preparedOnASilentNode();

    start.after(Duration.ofMinutes(3));

    assertThat(start.cluster().names()).contains("hello-1-prepare-2").doesNotContain("hello-1-s0");
  }

  private static Walk preparedOnASilentNode() {
    var start = new Walk(Builds.hello()).look();
    start.prepareEnds(Plans.builderAndTarget());
    start.cluster().log("hello-1-prepare", new PodLog.Unavailable("connection refused"));
    return start.look();
  }

  @Test
  void anOutputThatIsNoReferenceFailsBeforeAnythingIsCreated() {
    var bad = Builds.hello("output: {image: Not A Name}\nsource: {inline: {dockerfile: FROM x}}");
    var walked = new Walk(bad).look();

    assertThat(walked.failure()).extracting("reason").isEqualTo("InvalidRequest");
    assertThat(walked.failure().message()).contains("spec.output.image", "Not A Name");
    assertThat(walked.cluster().created()).isEmpty();
  }
}
