package dev.stagewright.worker.publish;

import static dev.stagewright.worker.publish.ScriptedBuild.stage;
import static dev.stagewright.worker.publish.ScriptedBuild.workerStage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.harbor.standin.HarborStandIn;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StageOutcome;
import dev.stagewright.protocol.Termination;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests of publish beside a scripted prepare and scripted stages. */
@Timeout(60)
class PublishPhaseTest {
  private static final StageBase SCRATCH = new StageBase.Scratch();
  private static final String UPLOAD = "PUT /v2/team/app/blobs/uploads/";
  private static final String MANIFEST = "PUT /v2/team/app/manifests/";
  private static final int CHECK = 1;

  @TempDir private Path directory;
  private final HarborStandIn harbor = HarborStandIn.start();
  private ScriptedBuild build;

  @BeforeEach
  void request() throws IOException {
    build = new ScriptedBuild(directory, harbor);
  }

  @AfterEach
  void stop() {
    harbor.close();
  }

  @Test
  void publishesTheImageOfAllStages() throws Exception {
    build
        .then(() -> build.planned(stage("s0", SCRATCH), stage("s1", new StageBase.Stage("s0"))))
        .then(() -> build.finished("s0"))
        .then(() -> build.finished("s1"));

    var pushed = (Termination.Pushed) build.publish();

    assertThat(pushed.layers()).isEqualTo(2);
    var app = harbor.world().project("team").repository("app");
    assertThat(app.digest("1")).contains(pushed.digest().toString());
    assertThat(app.digest("latest")).contains(pushed.digest().toString());
    assertThat(harbor.openUploads()).isZero();
  }

  @Test
  void uploadsALayerWhileALaterStageRuns() throws Exception {
    build
        .then(() -> build.planned(stage("s0", SCRATCH), stage("s1", new StageBase.Stage("s0"))))
        .then(() -> build.finished("s0"))
        .when(() -> uploads() == CHECK + 1, () -> build.finished("s1"));

    assertThat(build.publish()).isInstanceOf(Termination.Pushed.class);
  }

  @Test
  void uploadsNoLayersOfStagesThatAreNotPartOfTheImage() throws Exception {
    build
        .then(() -> build.planned(stage("s0", SCRATCH), stage("s1", SCRATCH)))
        .then(() -> build.finished("s0"))
        .then(() -> build.finished("s1"));

    assertThat(((Termination.Pushed) build.publish()).layers()).isEqualTo(1);
    assertThat(uploads()).as("check, layer and config").isEqualTo(CHECK + 2);
  }

  @Test
  void writesNothingButBlobsBeforeAllStagesHaveSucceeded() throws Exception {
    build
        .then(() -> build.planned(stage("s0", SCRATCH), stage("s1", new StageBase.Stage("s0"))))
        .then(() -> build.finished("s0"))
        .when(
            () -> uploads() == CHECK + 1,
            () -> {
              assertThat(harbor.seen(MANIFEST)).isEmpty();
              build.finished("s1");
            });

    assertThat(build.publish()).isInstanceOf(Termination.Pushed.class);
    var writes = harbor.seen("PUT").stream().map(PublishPhaseTest::kind).toList();
    assertThat(writes).containsExactly("blob", "blob", "blob", "blob", "tag", "tag");
  }

  @Test
  void movesNoTagBeforeTheImageIsInAllRepositories() throws Exception {
    harbor.world().project("other");
    build = new ScriptedBuild(directory, harbor, "other/app");
    build.then(() -> build.planned(stage("s0", SCRATCH))).then(() -> build.finished("s0"));

    assertThat(build.publish()).isInstanceOf(Termination.Pushed.class);
    var manifests = harbor.seen("PUT").stream().filter(line -> line.contains("/manifests/"));
    assertThat(manifests.map(PublishPhaseTest::kind))
        .containsExactly("digest", "digest", "tag", "tag", "tag");
    assertThat(harbor.seen("POST /v2/other/app/blobs/uploads/?mount=")).hasSize(2);
  }

  @Test
  void movesNoTagIfARepositoryRejectsTheManifest() throws Exception {
    harbor.world().project("other");
    build = new ScriptedBuild(directory, harbor, "other/app");
    build
        .then(() -> build.planned(stage("s0", SCRATCH)))
        .then(() -> {
          build.finished("s0");
          harbor.next("PUT /v2/other/app/manifests/", 403);
        });

    assertThat(failure(build.publish()).message())
        .contains("no tag was moved, but the image was uploaded without a tag to ")
        .contains("/team/app@sha256:");
    assertThat(harbor.world().project("team").repository("app").tags()).isEmpty();
  }

  @Test
  void aRefusedDestinationEndsTheWaitForThePlan() throws Exception {
    ScriptedBuild.grant(harbor, "repository:pull");

    assertThat(failure(build.publish()).reason()).isEqualTo(FailureReason.PushDenied);
    assertThat(lastFrame()).contains("\"type\":\"Failed\"");
  }

  @Test
  void aRefusedDestinationEndsTheWaitForStages() throws Exception {
    build.planned(stage("s0", SCRATCH));
    ScriptedBuild.grant(harbor, "repository:pull");

    assertThat(failure(build.publish()).reason()).isEqualTo(FailureReason.PushDenied);
    assertThat(harbor.seen(MANIFEST)).isEmpty();
  }

  @Test
  void aRefusedUploadEndsTheWaitForStages() throws Exception {
    build
        .then(() -> build.planned(stage("s0", SCRATCH), stage("s1", new StageBase.Stage("s0"))))
        .when(
            () -> uploads() == CHECK && harbor.seen("GET /api").size() > 2,
            () -> {
              harbor.next("POST /v2/team/app/blobs/uploads/", 403);
              build.finished("s0");
            });

    assertThat(failure(build.publish()).message()).contains("cannot push");
  }

  @Test
  void failedPrepareLeavesNothingToPublish() throws Exception {
    build.then(() ->
        build
            .attempt()
            .markingFailure(() -> new Termination.Failed(Failure.of(FailureReason.Internal, "")))
            .run());

    assertThat(build.publish()).isEqualTo(new Termination.Skipped());
    assertThat(lastFrame()).isEqualTo("{\"type\":\"Skipped\"}");
    assertThat(harbor.seen(MANIFEST)).isEmpty();
  }

  @Test
  void failedPrepareEndsTheCheckOfARegistryThatDoesNotAnswer() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      build = new ScriptedBuild(directory, "127.0.0.1:" + silent.getLocalPort());
      build.then(() -> {
        var _ = silent.accept();
        Files.createDirectories(build.attempt().path());
        Files.writeString(build.attempt().failed(), "");
      });

      assertThat(build.publish()).isEqualTo(new Termination.Skipped());
    }
  }

  @Test
  void theFailureOfAnotherAttemptDoesNotMatter() throws Exception {
    Files.createDirectories(build.workspace().resolve("worker/2"));
    Files.writeString(build.workspace().resolve("worker/2/failed"), "");
    build.then(() -> build.planned(stage("s0", SCRATCH))).then(() -> build.finished("s0"));

    assertThat(build.publish()).isInstanceOf(Termination.Pushed.class);
  }

  @Test
  void aBrokenPlanIsReported() throws Exception {
    build.then(() -> build.attempt().publishPlan("{\"platform\":\"linux/amd64\","));

    assertThat(failure(build.publish()).message())
        .startsWith("cannot read the plan on the workspace (");
  }

  @Test
  void aBrokenResultIsReportedWithItsStage() throws Exception {
    build
        .then(() -> build.planned(stage("s0", SCRATCH)))
        .then(() -> Files.writeString(build.stageDirectory("s0").resolve("result.json"), "{"));

    assertThat(failure(build.publish()).message())
        .startsWith("cannot read the result of stage stage-s0 (");
  }

  @Test
  void withoutPrepareThePlanIsMounted() throws Exception {
    build.planned(stage("s0", SCRATCH));
    var plan = Files.move(build.attempt().plan(), directory.resolve("..data"));
    // As in the volume of a ConfigMap.
    plan = Files.createSymbolicLink(directory.resolve("plan.json"), plan);
    build.then(() -> build.finished("s0"));

    assertThat(build.publish("--plan", plan.toString())).isInstanceOf(Termination.Pushed.class);
  }

  @Test
  void aSecondAttemptUploadsNothingAgain() throws Exception {
    build.planned(stage("s0", SCRATCH), stage("s1", new StageBase.Stage("s0")));
    build.finished("s0");
    build.finished("s1");
    var first = (Termination.Pushed) build.publish();
    var uploaded = uploads();

    var second = (Termination.Pushed) build.publish();

    assertThat(second.digest()).isEqualTo(first.digest());
    assertThat(second.uploadedBytes()).isZero();
    assertThat(uploads()).isEqualTo(uploaded + CHECK);
  }

  @Test
  void layersThatWereUploadedLongAgoAreLookedForAgain() throws Exception {
    build
        .then(() -> build.planned(stage("s0", SCRATCH), stage("s1", new StageBase.Stage("s0"))))
        .then(() -> build.finished("s0"))
        .when(
            () -> uploads() == CHECK + 1,
            () -> {
              build.passTime(Duration.ofHours(1));
              build.finished("s1");
            });

    assertThat(build.publish()).isInstanceOf(Termination.Pushed.class);
    assertThat(harbor.seen("HEAD /v2/team/app/blobs/"))
        .as("two for the first layer, one for the second and the config")
        .hasSize(4);
  }

  @Test
  void aTokenThatExpiresDuringTheWaitIsRenewed() throws Exception {
    build
        .then(() -> build.planned(stage("s0", SCRATCH), stage("s1", new StageBase.Stage("s0"))))
        .then(() -> build.finished("s0"))
        .when(
            () -> uploads() == CHECK + 1,
            () -> {
              harbor.expireTokens();
              build.finished("s1");
            });

    assertThat(build.publish()).isInstanceOf(Termination.Pushed.class);
  }

  @Test
  void reportsEachResultAndTheOutcomeToTheOperator() throws Exception {
    build
        .then(() -> build.planned(stage("s0", SCRATCH), stage("s1", new StageBase.Stage("s0"))))
        .then(() -> build.finished("s0"))
        .then(() -> build.finished("s1"));

    var pushed = build.publish();

    assertThat(frames(LogFrame.Kind.STAGE))
        .map(json -> Json.read(json, StageOutcome.class))
        .extracting(StageOutcome::stage)
        .containsExactly("s0", "s1");
    assertThat(Json.read(lastFrame(), Termination.class)).isEqualTo(pushed);
  }

  @Test
  void runsStagesWithoutAPodAtOnce() throws Exception {
    var both = new CountDownLatch(2);
    build
        .then(() ->
            build.planned(
                workerStage("s0", SCRATCH),
                stage("s1", SCRATCH),
                workerStage("s2", new StageBase.Stage("s1"))))
        .when(() -> both.getCount() == 0, () -> build.finished("s1"))
        .stagesInWorker((_, stage) -> {
          both.countDown();
          both.await();
          build.finished(stage.id());
          return staged(stage.id());
        });

    assertThat(build.publish()).isInstanceOf(Termination.Pushed.class);
    assertThat(frames(LogFrame.Kind.STAGE))
        .map(json -> Json.read(json, StageOutcome.class))
        .filteredOn(outcome -> outcome.staged().isPresent())
        .extracting(StageOutcome::stage)
        .containsExactlyInAnyOrder("s0", "s2");
  }

  @Test
  void stagesWithoutAPodThatHaveAResultAreNotRunAgain() throws Exception {
    build.planned(workerStage("s0", SCRATCH));
    build.finished("s0");

    assertThat(build.publish()).isInstanceOf(Termination.Pushed.class);
  }

  @Test
  void theFailureOfAStageWithoutAPodFailsTheBuild() throws Exception {
    var stage = workerStage("s0", SCRATCH);
    var failure =
        Failure.at(FailureReason.CopyFailed, "no such file", stage.name(), stage.position());
    build
        .then(() -> build.planned(stage, stage("s1", SCRATCH)))
        .stagesInWorker((_, _) -> {
          throw new BuildFailedException(failure);
        });

    assertThat(failure(build.publish())).isEqualTo(failure);
    assertThat(harbor.seen(MANIFEST)).isEmpty();
  }

  private static Termination.Staged staged(String stage) {
    return new Termination.Staged(stage, 1, 1, 0, SandboxKind.IN_PLACE, 1);
  }

  private static Failure failure(Termination termination) {
    return ((Termination.Failed) termination).failure();
  }

  private static String kind(String write) {
    if (write.contains("/blobs/")) {
      return "blob";
    }
    return write.contains("/manifests/sha256:") ? "digest" : "tag";
  }

  private int uploads() {
    return harbor.seen(UPLOAD).size();
  }

  private List<String> frames(LogFrame.Kind kind) {
    return build
        .log()
        .lines()
        .flatMap(line -> LogFrame.parse(line).stream())
        .filter(frame -> frame.kind() == kind)
        .flatMap(frame -> frame.json().stream())
        .toList();
  }

  private String lastFrame() {
    return build
        .log()
        .lines()
        .reduce((_, last) -> last)
        .flatMap(LogFrame::parse)
        .filter(frame -> frame.kind() == LogFrame.Kind.RESULT)
        .flatMap(LogFrame::json)
        .orElseThrow();
  }
}
