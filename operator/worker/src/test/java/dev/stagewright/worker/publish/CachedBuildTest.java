package dev.stagewright.worker.publish;

import static dev.stagewright.worker.publish.ScriptedBuild.stage;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.analysis.report.Report;
import dev.stagewright.harbor.standin.HarborStandIn;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.tar.IndexedTarWriter;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.CachedSteps;
import dev.stagewright.protocol.CheckRequest;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StageCache;
import dev.stagewright.protocol.StageLocation;
import dev.stagewright.protocol.StageOutcome;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.StageStart;
import dev.stagewright.protocol.Step;
import dev.stagewright.protocol.StepResult;
import dev.stagewright.protocol.Termination;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.worker.registries.SmallImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Builds with a cache in a registry, each after an earlier one. */
@Timeout(60)
class CachedBuildTest {
  private static final StageBase SCRATCH = new StageBase.Scratch();

  @TempDir private Path directory;
  private final HarborStandIn harbor = HarborStandIn.start();
  private int builds;
  private ScriptedBuild build;

  @BeforeEach
  void begin() throws IOException {
    build = next();
  }

  @AfterEach
  void stop() {
    harbor.close();
  }

  /** The next build, with a workspace of its own. */
  private ScriptedBuild next() throws IOException {
    return new ScriptedBuild(Files.createDirectory(directory.resolve("build-" + builds++)), harbor)
        .withCache();
  }

  private static StagePlan builder(String command) {
    return stage("builder", SCRATCH).toBuilder()
        .steps(List.of(run("prepare"), run(command)))
        .snapshot(false)
        .exports(List.of("/out"))
        .history(List.of())
        .build();
  }

  private static StagePlan app(Step... more) {
    var steps = new ArrayList<Step>();
    steps.add(run("adduser"));
    steps.add(
        Step.Copy.builder(
                position("COPY --from=builder /out /"), new Step.CopyFrom.Stage("builder"), "/")
            .sources(List.of("/out"))
            .build());
    steps.addAll(List.of(more));
    return stage("app", SCRATCH).toBuilder()
        .steps(steps)
        .history(
            List.of(
                new StagePlan.HistoryEntry("RUN adduser", 0, 0),
                new StagePlan.HistoryEntry("COPY", 1, 0)))
        .build();
  }

  private static Step run(String command) {
    return new Step.Workdir(position("RUN " + command), "/" + command, "");
  }

  private static InstructionPosition position(String instruction) {
    return new InstructionPosition("Dockerfile", 1, instruction);
  }

  /** The Pod of a stage runs all steps that are not known; files that it exports have this text. */
  private void runs(StagePlan stage, String text) throws IOException {
    var own = build.stageDirectory(stage.id());
    var blobs = Files.createDirectories(own.resolve(Workspace.BLOBS));
    Files.createDirectories(own.resolve(Workspace.STEPS));
    var layers = new ArrayList<>(known(stage));
    var count = stage.snapshot() ? stage.steps().size() : stage.steps().size() - 1;
    for (var i = layers.size(); i < count; i++) {
      var written = SmallImage.layer(blobs, stage.id() + i, text);
      var details = ("details of " + stage.id() + i).getBytes(StandardCharsets.UTF_8);
      Files.write(blobs.resolve(Digest.of(details).hex()), details);
      var layer =
          new StageResult.Layer(
              i, written.blob(), written.diffId(), Optional.of(Digest.of(details)));
      layers.add(layer);
      Files.writeString(own.resolve(Workspace.step(i)), Json.write(new StepResult(layer, 1000)));
    }
    var exports =
        stage.exports().isEmpty()
            ? Optional.<StageResult.Exports>empty()
            : Optional.of(exports(own, text));
    Files.writeString(
        own.resolve(Workspace.RESULT), Json.write(new StageResult(stage.id(), layers, exports)));
  }

  private List<StageResult.Layer> known(StagePlan stage) throws IOException {
    var file = build.stageDirectory(stage.id()).resolve(Workspace.CACHED);
    return Files.exists(file)
        ? Json.read(Files.readString(file), CachedSteps.class).layers()
        : List.of();
  }

  private static StageResult.Exports exports(Path own, String text) throws IOException {
    var folder = Files.createDirectory(own.resolve("exports"));
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    try (var tar =
        new IndexedTarWriter(folder.resolve(Workspace.TAR), folder.resolve(Workspace.INDEX))) {
      tar.put(TarEntry.file("out", bytes.length), new ByteArrayInputStream(bytes));
      tar.finish();
      return new StageResult.Exports("exports", tar.position());
    }
  }

  private List<StageCache> cacheFrames() {
    return frames(LogFrame.Kind.CACHE).stream()
        .map(json -> Json.read(json, StageCache.class))
        .toList();
  }

  private Optional<StageCache> cacheFrame(StagePlan stage) {
    return cacheFrames().stream().filter(frame -> frame.stage().equals(stage.id())).findFirst();
  }

  private boolean isDecided(StagePlan stage) {
    return cacheFrame(stage).isPresent();
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

  private Termination.Pushed publishAfterRunning(StagePlan builder, StagePlan app)
      throws IOException {
    build
        .then(() -> build.planned(builder, app))
        .when(() -> isDecided(builder), () -> runs(builder, "program"))
        .when(() -> isDecided(app), () -> runs(app, "app"));
    return (Termination.Pushed) build.publish();
  }

  @Test
  void everyStepRunsTheFirstTime() throws Exception {
    var pushed = publishAfterRunning(builder("go build"), app());

    assertThat(pushed.isUnchanged()).isFalse();
    assertThat(cacheFrames()).allMatch(frame -> frame.cached() == 0 && !frame.complete());
    var records = harbor.world().project("team").repository("app/cache").tags();
    assertThat(records)
        .as("a step of the builder, its files, two steps of the app, the image, the build")
        .hasSize(6);
  }

  @Test
  void theSameBuildAgainMovesNothing() throws Exception {
    var first = publishAfterRunning(builder("go build"), app());
    var requests = harbor.seen("").size();
    build = next();
    build.passTime(Duration.ofDays(1));
    build.planned(builder("go build"), app());

    var second = (Termination.Pushed) build.publish();

    assertThat(second.digest()).isEqualTo(first.digest());
    assertThat(second.isUnchanged()).isTrue();
    assertThat(second.uploadedBytes()).isZero();
    assertThat(cacheFrames()).hasSize(2).allMatch(StageCache::complete);
    assertThat(frames(LogFrame.Kind.STAGE))
        .map(json -> Json.read(json, StageOutcome.class).stage())
        .containsExactlyInAnyOrder("builder", "app");
    assertThat(harbor.seen("").subList(requests, harbor.seen("").size()))
        .noneMatch(line -> line.startsWith("PUT") && !line.contains("uploads"));
  }

  @Test
  void aCacheThatCannotBeReadIsAFinding() throws Exception {
    for (var request = 0; request < 20; request++) {
      harbor.next("GET /v2/team/app/cache/manifests", 503);
    }

    var pushed = publishAfterRunning(builder("go build"), app());

    assertThat(pushed.findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.rule()).isEqualTo("CacheUnavailable");
          assertThat(finding.message()).startsWith("cache: nothing is looked up any more: ");
          assertThat(finding.line()).isZero();
        });
  }

  /** The requests of a build to the registry, without those for tokens. */
  private List<String> requestsOf(Action publish) throws Exception {
    var before = harbor.seen("").size();
    publish.run();
    return harbor.seen("").stream()
        .skip(before)
        .filter(line -> line.contains("/v2/") && !line.endsWith("/v2/"))
        .map(line -> line.replaceAll("[0-9a-f]{64}", "*"))
        .sorted()
        .toList();
  }

  private interface Action {
    void run() throws Exception;
  }

  @Test
  void theSameBuildAgainAsksForNoLayer() throws Exception {
    var _ = publishAfterRunning(builder("go build"), app());
    build = next();
    build.planned(builder("go build"), app());

    var requests =
        requestsOf(() -> assertThat(((Termination.Pushed) build.publish()).isUnchanged()).isTrue());

    assertThat(requests.stream().filter(line -> !line.contains("/uploads/")).distinct())
        .as("without the check of the permissions, and repetitions with a token")
        .containsExactly(
            "GET /v2/team/app/cache/blobs/sha256:*",
            "GET /v2/team/app/cache/manifests/files-*",
            "GET /v2/team/app/cache/manifests/image-*",
            "GET /v2/team/app/cache/manifests/latest-*",
            "GET /v2/team/app/cache/manifests/step-*",
            "HEAD /v2/team/app/manifests/1",
            "HEAD /v2/team/app/manifests/latest");
    assertThat(cacheFrame(app()).orElseThrow())
        .satisfies(frame -> {
          assertThat(frame.complete()).isTrue();
          assertThat(frame.savedMillis()).isEqualTo(2000);
          assertThat(frame.savedBytes()).isPositive();
        });
  }

  @Test
  void anImageIsUnchangedAlsoIfTheCacheHasLostItsLayers() throws Exception {
    var first = publishAfterRunning(builder("go build"), app());
    var cache = harbor.world().project("team").repository("app/cache");
    for (var layer : result(app()).layers()) {
      cache.removeBlob(layer.blob().digest().toString());
    }
    build = next();
    build.planned(builder("go build"), app());

    var second = (Termination.Pushed) build.publish();

    assertThat(second.digest()).isEqualTo(first.digest());
    assertThat(second.isUnchanged()).isTrue();
  }

  private StageResult result(StagePlan stage) throws IOException {
    return Json.read(
        Files.readString(build.stageDirectory(stage.id()).resolve(Workspace.RESULT)),
        StageResult.class);
  }

  @Test
  void layersAreSecuredIfTheNamesPointToAnotherImage() throws Exception {
    var _ = publishAfterRunning(builder("go build"), app());
    build = next();
    var _ = publishAfterRunning(builder("go build"), app(run("more")));
    build = next();
    build.planned(builder("go build"), app());

    var requests =
        requestsOf(
            () -> assertThat(((Termination.Pushed) build.publish()).isUnchanged()).isFalse());

    assertThat(requests)
        .filteredOn(line -> line.startsWith("HEAD /v2/team/app/blobs/"))
        .as("two layers and the config")
        .hasSize(3);
    assertThat(requests)
        .filteredOn(line -> line.contains("/image-"))
        .as("the record of the image is looked up once")
        .hasSize(1);
  }

  @Test
  void layersOfAnUnchangedImageAreNotReadAgain() throws Exception {
    build.withChecks(CheckRequest.DEFAULT);
    var first = publishAfterRunning(builder("go build"), app());
    build = next().withChecks(CheckRequest.DEFAULT);
    build.planned(builder("go build"), app());

    var second = (Termination.Pushed) build.publish();

    assertThat(second.isUnchanged()).isTrue();
    assertThat(build.layersRead()).isZero();
    assertThat(second.checks().orElseThrow().findings())
        .isEqualTo(first.checks().orElseThrow().findings());
    try (var client = build.client()) {
      assertThat(client.referrers(build.image().pinned(second.digest()), Report.ARTIFACT_TYPE))
          .hasSize(1);
    }
  }

  @Test
  void aStageThatChangedRunsAfterItsKnownSteps() throws Exception {
    var _ = publishAfterRunning(builder("go build"), app());
    build = next();
    var changed = app(run("more"));
    build
        .then(() -> build.planned(builder("go build"), changed))
        .when(() -> isDecided(changed), () -> runs(changed, "changed"));

    var pushed = (Termination.Pushed) build.publish();

    assertThat(pushed.layers()).isEqualTo(3);
    assertThat(cacheFrame(changed).orElseThrow().cached()).isEqualTo(2);
    assertThat(cacheFrame(builder("go build")).orElseThrow().complete()).isTrue();
  }

  @Test
  void aBuilderWithTheSameOutputLeavesTheImageUnchanged() throws Exception {
    var first = publishAfterRunning(builder("go build"), app());
    build = next();
    var changed = builder("go build -v");
    build
        .then(() -> build.planned(changed, app()))
        .when(() -> isDecided(changed), () -> runs(changed, "program"));

    var second = (Termination.Pushed) build.publish();

    assertThat(cacheFrame(changed).orElseThrow().cached()).isEqualTo(1);
    assertThat(cacheFrame(app()).orElseThrow().complete()).isTrue();
    assertThat(second.digest()).isEqualTo(first.digest());
  }

  @Test
  void aBuilderWithAnotherOutputChangesTheImage() throws Exception {
    var first = publishAfterRunning(builder("go build"), app());
    build = next();
    var changed = builder("go build -v");
    build
        .then(() -> build.planned(changed, app()))
        .when(() -> isDecided(changed), () -> runs(changed, "another program"))
        .when(() -> isDecided(app()), () -> runs(app(), "app with another program"));

    var second = (Termination.Pushed) build.publish();

    assertThat(cacheFrame(app()).orElseThrow().cached()).isEqualTo(1);
    assertThat(second.digest()).isNotEqualTo(first.digest());
  }

  /** The Pod of the builder starts, and fails at its first step, which ends the build. */
  private void fails(StagePlan builder, StagePlan app) throws IOException {
    build
        .then(() -> build.planned(builder, app))
        .when(
            () -> isDecided(builder),
            () -> {
              var start = new StageStart(build.stageDirectory(builder.id()));
              assertThat(start.take(StageStart.Owner.STAGE)).isEqualTo(StageStart.Owner.STAGE);
            })
        .then(() -> {
          throw new BuildFailedException(Failure.of(FailureReason.RunFailed, "exit code 1"));
        });
    assertThat(build.publish()).isInstanceOf(Termination.Failed.class);
    build = next();
  }

  private Optional<String> missedBy(StagePlan stage) {
    return cacheFrame(stage).orElseThrow().missed();
  }

  @Test
  void aBuildIsComparedWithTheOneThatFailedBefore() throws Exception {
    var _ = publishAfterRunning(builder("go build"), app());
    build = next();
    fails(builder("go bild"), app());

    var _ = publishAfterRunning(builder("go build -v"), app(run("more")));

    assertThat(missedBy(builder("go build -v"))).contains("RUN go build -v: was RUN go bild");
    assertThat(missedBy(app(run("more"))))
        .as("compared with the build before, since it was not reached")
        .contains("RUN more: the step is new");
  }

  @Test
  void aStepThatHasFailedIsNotSaidToBeRemovedFromTheCache() throws Exception {
    fails(builder("go build"), app());

    var _ = publishAfterRunning(builder("go build"), app());

    assertThat(missedBy(builder("go build")))
        .contains("RUN prepare: it has not succeeded in the latest build");
  }

  @Test
  void aBuildThatSucceedsIsComparedWithInsteadOfTheOneThatFailed() throws Exception {
    fails(builder("go build"), app());
    var _ = publishAfterRunning(builder("go build"), app());
    build = next();

    var _ = publishAfterRunning(builder("go build -v"), app(run("more")));

    assertThat(missedBy(builder("go build -v"))).contains("RUN go build -v: was RUN go build");
  }

  @Test
  void aTagThatMovedIsSetAgain() throws Exception {
    var first = publishAfterRunning(builder("go build"), app());
    build = next();
    var _ = publishAfterRunning(builder("go build"), app(run("more")));
    build = next();
    build.planned(builder("go build"), app());

    var third = (Termination.Pushed) build.publish();

    assertThat(third.digest()).isEqualTo(first.digest());
    assertThat(third.isUnchanged()).isFalse();
    assertThat(harbor.world().project("team").repository("app").digest("1"))
        .contains(first.digest().toString());
  }

  @Test
  void layersOfTheCacheAreMountedInAnotherRepository() throws Exception {
    var first = publishAfterRunning(builder("go build"), app());
    harbor.world().project("other");
    build =
        new ScriptedBuild(Files.createDirectory(directory.resolve("other")), harbor, "other/app")
            .withCache();
    build.planned(builder("go build"), app());

    var second = (Termination.Pushed) build.publish();

    assertThat(second.digest()).isEqualTo(first.digest());
    assertThat(harbor.world().project("other").repository("app").digest("1"))
        .contains(first.digest().toString());
    assertThat(build.log()).contains(": mounted");
  }

  @Test
  void aStageInTheWorkerRunsOnlyIfItIsNotKnown() throws Exception {
    var builder = builder("go build");
    var app = app().toBuilder().location(StageLocation.WORKER).build();
    build
        .then(() -> build.planned(builder, app))
        .when(() -> isDecided(builder), () -> runs(builder, "program"))
        .stagesInWorker((_, stage) -> {
          assertThat(isDecided(stage)).isTrue();
          runs(stage, "app");
          return new Termination.Staged(stage.id(), 1, 1, 0, SandboxKind.IN_PLACE, 1);
        });
    assertThat(build.publish()).isInstanceOf(Termination.Pushed.class);

    build = next();
    build.planned(builder, app);

    assertThat(((Termination.Pushed) build.publish()).isUnchanged()).isTrue();
  }

  @Test
  void anotherPublishContainerReportsDecisionsBeforeResults() throws Exception {
    var _ = publishAfterRunning(builder("go build"), app());
    build = next();
    build.planned(builder("go build"), app());
    var _ = build.publish();
    var first = build.log().length();

    assertThat(((Termination.Pushed) build.publish()).isUnchanged()).isTrue();

    var second = build.log().substring(first);
    assertThat(second.lastIndexOf("stagewright-cache "))
        .isPositive()
        .isLessThan(second.indexOf("stagewright-stage "));
  }

  @Test
  void aCacheThatCannotBeReachedDoesNotFailTheBuild() throws Exception {
    for (var i = 0; i < 20; i++) {
      harbor.next("GET /v2/team/app/cache/", 500);
    }

    assertThat(publishAfterRunning(builder("go build"), app()).isUnchanged()).isFalse();
  }
}
