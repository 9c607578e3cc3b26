package dev.stagewright.worker.cache.decision;

import static dev.stagewright.worker.cache.decision.TestStages.copiedFrom;
import static dev.stagewright.worker.cache.decision.TestStages.copy;
import static dev.stagewright.worker.cache.decision.TestStages.copyFrom;
import static dev.stagewright.worker.cache.decision.TestStages.image;
import static dev.stagewright.worker.cache.decision.TestStages.onStage;
import static dev.stagewright.worker.cache.decision.TestStages.plan;
import static dev.stagewright.worker.cache.decision.TestStages.run;
import static dev.stagewright.worker.cache.decision.TestStages.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.key.StepKey;
import dev.stagewright.cache.record.FilesRecord;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.CacheRequest;
import dev.stagewright.protocol.CachedSteps;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.PrefixImage;
import dev.stagewright.protocol.StageCache;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.StageStart;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.cache.record.RecordedSteps;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Decisions of publish on a workspace, after an earlier build of the same Dockerfile. */
@Timeout(60)
class StageDecisionsTest {
  private static final StagePlan BUILDER =
      copiedFrom("builder", image("golang"), run("apt"), copy("main.go"), run("go build"));
  private static final StagePlan APP =
      stage("app", image("alpine"), run("adduser"), copyFrom(BUILDER)).build();
  private static final StagePlan CHANGED_APP =
      stage("app", image("alpine"), run("addgroup"), copyFrom(BUILDER)).build();
  private static final StagePlan LONGER_APP =
      stage("app", image("alpine"), run("adduser"), copyFrom(BUILDER), run("app")).build();

  @TempDir private Path workspace;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Set<Digest> pushed = new ConcurrentSkipListSet<>();
  private final TestFiles content = new TestFiles();
  private final Images prefixes = new Images();
  private EarlierBuild earlier = built(BUILDER, APP);
  private MemoryCache cache = cacheOf(earlier);
  private Duration limit = Duration.ofMinutes(1);
  private final List<Map<String, List<StageResult.Layer>>> sought = new ArrayList<>();
  private boolean isPublished;
  private boolean isBaseStarted;
  private boolean canMount = true;
  private boolean isPushRejected;
  private boolean isWritable = true;

  private static EarlierBuild built(StagePlan... stages) {
    try {
      return new EarlierBuild(plan(stages), new TestFiles().withStage("builder", "program"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static MemoryCache cacheOf(EarlierBuild build) {
    try {
      return MemoryCache.of(build);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private StageDecisions decide(StagePlan... stages) throws Exception {
    var decisions = decisions(plan(stages));
    decisions.decide();
    return decisions;
  }

  private StageDecisions decisions(BuildPlan plan) throws IOException {
    for (var stage : plan.stages()) {
      Files.createDirectories(folder(stage));
    }
    var log = log();
    return new StageDecisions(
        plan,
        new PlanKeys(plan, content, log),
        new RecordLookup(cache, new CacheKey(Digest.of(new byte[0])), limit, log),
        new SecuredBytes(plan, new CachedBlobs(workspace, cache), new Repositories()),
        new DecisionFiles(workspace),
        prefixes,
        new SharedKeys(
            plan,
            cache.repository(),
            new RecordedSteps(plan, CacheRequest.Mode.MAX),
            () -> isWritable),
        log);
  }

  private Log log() {
    return new Log(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  /** Images of earlier builds, and those that this build makes. */
  private static final class Images implements PrefixImages {
    private final Map<CacheKey, PrefixImage> existing = new HashMap<>();
    private final Map<String, Known> made = new ConcurrentHashMap<>();

    @Override
    public Optional<PrefixImage> find(Known known) {
      return Optional.ofNullable(existing.get(known.last()));
    }

    @Override
    public void make(Known known) {
      made.put(known.stage().id(), known);
    }

    Known madeFor(String stage) {
      return Optional.ofNullable(made.get(stage)).orElseThrow();
    }
  }

  /** The repositories of the image, into which layers are copied from the cache. */
  private final class Repositories implements ImageRepositories {
    @Override
    public boolean find(CacheKey last, Map<String, List<StageResult.Layer>> layers) {
      sought.add(layers);
      return isPublished;
    }

    @Override
    public boolean canMount() {
      return canMount;
    }

    @Override
    public void startBase() {
      isBaseStarted = true;
    }

    @Override
    public void ensure(StagePlan stage, List<StageResult.Layer> layers) throws IOException {
      if (isPushRejected) {
        throw new IOException("the quota is exceeded");
      }
      for (var layer : layers) {
        try (var in = cache.open(layer.blob())) {
          in.transferTo(OutputStream.nullOutputStream());
        }
        pushed.add(layer.blob().digest());
      }
    }

    @Override
    public void start(StagePlan stage, List<StageResult.Layer> layers) {
      layers.forEach(layer -> {
        var digest = layer.blob().digest();
        if (pushed.add(digest)) {
          assertThat(blob(stage, digest)).exists();
        }
      });
    }
  }

  private Path folder(StagePlan stage) {
    return workspace.resolve(Workspace.stage(stage.id()));
  }

  private Path blob(StagePlan stage, Digest digest) {
    return folder(stage).resolve(Workspace.blob(digest));
  }

  private StageResult result(StagePlan stage) throws IOException {
    return Json.read(Files.readString(folder(stage).resolve(Workspace.RESULT)), StageResult.class);
  }

  /** A stage starts in its Pod. */
  private void start(StagePlan stage) throws IOException {
    Files.createDirectories(folder(stage));
    var owner = new StageStart(folder(stage)).take(StageStart.Owner.STAGE);
    assertThat(owner).isEqualTo(StageStart.Owner.STAGE);
  }

  private boolean hasResult(StagePlan stage) {
    return Files.exists(folder(stage).resolve(Workspace.RESULT));
  }

  private CachedSteps cachedSteps(StagePlan stage) throws IOException {
    return Json.read(Files.readString(folder(stage).resolve(Workspace.CACHED)), CachedSteps.class);
  }

  /** The frames, by the id of the stage. */
  private Map<String, StageCache> frames() {
    return printed
        .toString(StandardCharsets.UTF_8)
        .lines()
        .flatMap(line -> LogFrame.parse(line).stream())
        .filter(frame -> frame.kind() == LogFrame.Kind.CACHE)
        .map(frame -> Json.read(frame.json().orElseThrow(), StageCache.class))
        .collect(Collectors.toMap(StageCache::stage, frame -> frame, (_, last) -> last));
  }

  private Map<String, String> decided() {
    return frames().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry ->
                    entry.getValue().complete() ? "complete" : "" + entry.getValue().cached()));
  }

  private String lines() {
    return printed
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !LogFrame.isFrame(line))
        .collect(Collectors.joining("\n"));
  }

  private FilesRecord recordedFiles() {
    return earlier.files().values().iterator().next();
  }

  private List<StageResult.Layer> recordedLayers(StagePlan stage) {
    return Optional.ofNullable(earlier.steps().get(earlier.keyOfLastStep(stage)))
        .orElseThrow()
        .layers();
  }

  @Test
  void aKnownStageHasItsResultAtOnce() throws Exception {
    var decisions = decide(BUILDER, APP);

    assertThat(decided()).isEqualTo(Map.of("builder", "complete", "app", "complete"));
    assertThat(decisions.mustRun(APP)).isFalse();
    assertThat(decisions.areAllMade()).isTrue();
    assertThat(result(APP))
        .isEqualTo(new StageResult("app", recordedLayers(APP), Optional.empty()));
    assertThat(cache.lookUps()).as("one for each stage, one for the latest build").isEqualTo(3);
  }

  @Test
  void ofAKnownImageOnlyItsLayersMove() throws Exception {
    var _ = decide(BUILDER, APP);

    assertThat(pushed)
        .containsExactlyInAnyOrderElementsOf(
            recordedLayers(APP).stream().map(layer -> layer.blob().digest()).toList());
    assertThat(folder(APP).resolve("blobs")).doesNotExist();
    assertThat(result(BUILDER)).isEqualTo(new StageResult("builder", List.of(), Optional.empty()));
  }

  @Test
  void theImageIsSoughtWithTheKnownLayersIfNoStageRuns() throws Exception {
    isPublished = true;

    var _ = decide(BUILDER, APP);

    assertThat(sought).containsExactly(Map.of("app", recordedLayers(APP)));
    assertThat(isBaseStarted).isFalse();
    assertThat(decided()).isEqualTo(Map.of("builder", "complete", "app", "complete"));
  }

  @Test
  void theBaseOfAnImageThatIsNotFoundIsPushed() throws Exception {
    var _ = decide(BUILDER, APP);

    assertThat(sought).hasSize(1);
    assertThat(isBaseStarted).isTrue();
  }

  @Test
  void theBaseOfAnImageWhoseStagesRunIsPushedAtOnce() throws Exception {
    content.withContext("a comment changed");

    var _ = decide(BUILDER, APP);

    assertThat(decided()).isEqualTo(Map.of("builder", "1"));
    assertThat(sought).isEmpty();
    assertThat(isBaseStarted).isTrue();
  }

  @Test
  void anotherPublishContainerSeeksTheImage() throws Exception {
    var _ = decide(BUILDER, APP);
    sought.clear();

    var _ = decide(BUILDER, APP);

    assertThat(sought).containsExactly(Map.of("app", recordedLayers(APP)));
  }

  @Test
  void theReportSaysWhatIsSaved() throws Exception {
    var _ = decide(BUILDER, APP);

    var bytes = recordedLayers(APP).stream().mapToLong(layer -> layer.blob().size()).sum();
    assertThat(frames())
        .containsEntry("app", new StageCache("app", 2, true, 2000, bytes, Optional.empty()))
        .containsEntry(
            "builder",
            new StageCache(
                "builder", 3, true, 3000, recordedFiles().files().size(), Optional.empty()));
  }

  @Test
  void aStageThatRunsFindsItsKnownStepsOnTheWorkspace() throws Exception {
    var decisions = decide(BUILDER, LONGER_APP);

    assertThat(decisions.mustRun(LONGER_APP)).isTrue();
    assertThat(hasResult(LONGER_APP)).isFalse();
    assertThat(cachedSteps(LONGER_APP)).isEqualTo(new CachedSteps("app", 2, recordedLayers(APP)));
    for (var layer : recordedLayers(APP)) {
      assertThat(Digest.of(Files.readAllBytes(blob(APP, layer.blob().digest()))))
          .isEqualTo(layer.blob().digest());
      assertThat(blob(APP, layer.details().orElseThrow())).exists();
    }
    assertThat(frames())
        .hasEntrySatisfying(
            "app",
            frame -> {
              assertThat(frame.cached()).isEqualTo(2);
              assertThat(frame.missed())
                  .hasValueSatisfying(why -> assertThat(why).contains("RUN app"));
            });
  }

  private Optional<PrefixImage> prefixOf(String stage) {
    return Optional.ofNullable(frames().get(stage)).flatMap(StageCache::prefix);
  }

  @Test
  void anImageIsMadeOfTheKnownStepsOfAStageThatRuns() throws Exception {
    var decisions = decide(BUILDER, LONGER_APP);

    assertThat(prefixOf("app")).isEmpty();
    assertThat(prefixes.made).containsOnlyKeys("app");
    var known = prefixes.madeFor("app");
    assertThat(known.layers()).isEqualTo(recordedLayers(APP));
    assertThat(known.keys())
        .isEqualTo(
            decisions.keys(LONGER_APP).orElseThrow().steps().stream()
                .limit(2)
                .map(StepKey::key)
                .toList());
  }

  /** The image of an earlier build with the first layers of the known steps of the app. */
  private PrefixImage hasImage(int layers) {
    var image = new PrefixImage(ImageReference.parse("registry.example.com/cache:app"), layers);
    prefixes.existing.put(earlier.keyOfLastStep(APP), image);
    return image;
  }

  /** The Pod of a stage cannot run the image with its known steps. */
  private void requestLayers(StagePlan stage) throws IOException {
    Files.createFile(folder(stage).resolve(Workspace.LAYERS_REQUESTED));
  }

  private List<Boolean> layersOnWorkspace() {
    return recordedLayers(APP).stream()
        .map(layer -> Files.exists(blob(APP, layer.blob().digest())))
        .toList();
  }

  private void removeLayersFromCache() {
    recordedLayers(APP).forEach(layer -> cache.remove(layer.blob()));
  }

  @Test
  void aStageStartsFromTheImageOfAnEarlierBuildWithoutItsLayers() throws Exception {
    var image = hasImage(2);

    var decisions = decide(BUILDER, LONGER_APP);

    assertThat(decisions.mustRun(LONGER_APP)).isTrue();
    assertThat(prefixOf("app")).contains(image);
    assertThat(cachedSteps(LONGER_APP))
        .isEqualTo(new CachedSteps("app", 2, recordedLayers(APP), Optional.of(2)));
    assertThat(layersOnWorkspace()).containsExactly(false, false);
    assertThat(recordedLayers(APP))
        .as("details of the root directory, which no image has")
        .allSatisfy(layer -> assertThat(blob(APP, layer.details().orElseThrow())).exists());
    assertThat(pushed).as("layers are mounted").hasSize(2);
    assertThat(prefixes.made).isEmpty();
  }

  @Test
  void layersAboveTheImageAreOnTheWorkspace() throws Exception {
    var _ = hasImage(1);

    var _ = decide(BUILDER, LONGER_APP);

    assertThat(cachedSteps(LONGER_APP).imageLayers()).contains(1);
    assertThat(layersOnWorkspace()).containsExactly(false, true);
  }

  @Test
  void layersAreNotFetchedUnlessTheyAreRequested() throws Exception {
    var _ = hasImage(2);
    var decisions = decide(BUILDER, LONGER_APP);

    decisions.provideLayers();

    assertThat(layersOnWorkspace()).containsExactly(false, false);
    assertThat(decisions.mayRequestLayers()).isTrue();
    decisions.finished(LONGER_APP);
    assertThat(decisions.mayRequestLayers()).isFalse();
  }

  @Test
  void aStageGetsTheLayersThatItRequests() throws Exception {
    var _ = hasImage(2);
    var decisions = decide(BUILDER, LONGER_APP);

    requestLayers(LONGER_APP);
    decisions.provideLayers();

    assertThat(layersOnWorkspace()).containsExactly(true, true);
    assertThat(cachedSteps(LONGER_APP)).isEqualTo(new CachedSteps("app", 2, recordedLayers(APP)));
  }

  @Test
  void aStageThatHasStartedGetsTheLayersThatItRequests() throws Exception {
    var _ = hasImage(2);
    var decisions = decide(BUILDER, LONGER_APP);

    start(LONGER_APP);
    requestLayers(LONGER_APP);
    decisions.provideLayers();

    assertThat(cachedSteps(LONGER_APP).imageLayers()).isEmpty();
  }

  @Test
  void aStageRunsCompletelyIfTheLayersThatItRequestsAreGone() throws Exception {
    var _ = hasImage(2);
    var decisions = decide(BUILDER, LONGER_APP);

    requestLayers(LONGER_APP);
    removeLayersFromCache();
    decisions.provideLayers();

    assertThat(decided()).containsEntry("app", "0");
    assertThat(prefixOf("app")).isEmpty();
    assertThat(folder(APP).resolve(Workspace.CACHED)).doesNotExist();
    assertThat(decisions.known(LONGER_APP).count()).isZero();
    start(LONGER_APP);
  }

  @Test
  void theBuildFailsIfTheLayersOfAStageThatHasStartedAreGone() throws Exception {
    var _ = hasImage(2);
    var decisions = decide(BUILDER, LONGER_APP);

    start(LONGER_APP);
    requestLayers(LONGER_APP);
    removeLayersFromCache();

    assertThatThrownBy(decisions::provideLayers)
        .hasMessageStartingWith("stage app lacks the layers of cached steps: there is no blob");
  }

  @Test
  void anotherPublishContainerFetchesLayersThatAreRequested() throws Exception {
    var _ = hasImage(2);
    var _ = decide(BUILDER, LONGER_APP);

    var second = decide(BUILDER, LONGER_APP);
    requestLayers(LONGER_APP);
    second.provideLayers();

    assertThat(layersOnWorkspace()).containsExactly(true, true);
  }

  @Test
  void anImageWhoseStepsAreGoneIsNotUsed() throws Exception {
    var _ = hasImage(2);
    removeLayersFromCache();

    var _ = decide(BUILDER, LONGER_APP);

    assertThat(decided()).containsEntry("app", "0");
    assertThat(prefixOf("app")).isEmpty();
  }

  @Test
  void layersThatCannotBeMountedAreOnTheWorkspace() throws Exception {
    canMount = false;
    var image = hasImage(2);

    var _ = decide(BUILDER, LONGER_APP);

    assertThat(prefixOf("app")).contains(image);
    assertThat(cachedSteps(LONGER_APP).imageLayers()).isEmpty();
    assertThat(layersOnWorkspace()).containsExactly(true, true);
  }

  @Test
  void layersAreOnTheWorkspaceIfTheirRepositoryRejectsThem() throws Exception {
    isPushRejected = true;
    var _ = hasImage(2);

    var _ = decide(BUILDER, LONGER_APP);

    assertThat(cachedSteps(LONGER_APP).imageLayers()).isEmpty();
    assertThat(layersOnWorkspace()).containsExactly(true, true);
  }

  @Test
  void layersThatAnotherStageIsBasedOnAreOnTheWorkspace() throws Exception {
    var _ = hasImage(2);

    var _ = decide(BUILDER, LONGER_APP, stage("last", onStage(LONGER_APP), run("last")).build());

    assertThat(cachedSteps(LONGER_APP).imageLayers()).isEmpty();
    assertThat(layersOnWorkspace()).containsExactly(true, true);
  }

  @Test
  void aStageCanWriteItsOtherLayersBesideTheKnownOnes() throws Exception {
    var _ = decide(BUILDER, LONGER_APP);

    assertThat(Files.getPosixFilePermissions(folder(APP).resolve(Workspace.BLOBS))).hasSize(9);
    assertThat(Files.getPosixFilePermissions(folder(APP).resolve("blobs"))).hasSize(9);
  }

  @Test
  void aStageThatRunsFindsTheFilesThatItCopies() throws Exception {
    var _ = decide(BUILDER, CHANGED_APP);

    assertThat(decided()).isEqualTo(Map.of("builder", "complete", "app", "0"));
    var exports = result(BUILDER).exports().orElseThrow();
    assertThat(exports.bytes()).isEqualTo(recordedFiles().size());
    assertThat(folder(BUILDER).resolve(exports.folder()).resolve(Workspace.TAR))
        .hasSize(recordedFiles().size());
    assertThat(folder(BUILDER).resolve(exports.folder()).resolve(Workspace.INDEX)).exists();
  }

  @Test
  void aStageOnAKnownStageFindsItsLayers() throws Exception {
    var base = stage("base", image("alpine"), run("apk add")).build();
    earlier = built(base);
    cache = cacheOf(earlier);

    var _ = decide(base, stage("app", onStage(base), run("app")).build());

    assertThat(decided()).isEqualTo(Map.of("base", "complete", "app", "0"));
    assertThat(blob(base, recordedLayers(base).getFirst().blob().digest())).exists();
  }

  @Test
  void aDecisionWaitsForTheFilesOfAStageThatRuns() throws Exception {
    content.withContext("a comment changed");
    var decisions = decide(BUILDER, APP);
    assertThat(decided()).isEqualTo(Map.of("builder", "1"));
    assertThat(decisions.areAllMade()).isFalse();

    content.withStage("builder", "program");
    decisions.finished(BUILDER);
    decisions.decide();

    assertThat(decided()).isEqualTo(Map.of("builder", "1", "app", "complete"));
    assertThat(decisions.mustRun(APP)).isFalse();
  }

  @Test
  void aStageRunsIfTheFilesThatItWaitedForAreOthers() throws Exception {
    content.withContext("changed");
    var decisions = decide(BUILDER, APP);

    content.withStage("builder", "another program");
    decisions.finished(BUILDER);
    decisions.decide();

    assertThat(decided()).isEqualTo(Map.of("builder", "1", "app", "1"));
    assertThat(decisions.mustRun(APP)).isTrue();
  }

  @Test
  void aRecordWhoseLayerIsGoneIsNotUsed() throws Exception {
    cache.remove(recordedLayers(APP).getFirst().blob());

    var decisions = decide(BUILDER, APP);

    assertThat(decided()).isEqualTo(Map.of("builder", "complete", "app", "0"));
    assertThat(decisions.mustRun(APP)).isTrue();
    assertThat(hasResult(APP)).isFalse();
    assertThat(result(BUILDER).exports()).isPresent();
    assertThat(lines()).contains("[app] cached steps cannot be used: there is no blob sha256:");
  }

  @Test
  void aLayerWithOtherContentNeverReachesTheWorkspace() throws Exception {
    var layer = recordedLayers(APP).getFirst();
    cache.corrupt(layer.blob());

    var _ = decide(BUILDER, LONGER_APP);

    assertThat(decided()).containsEntry("app", "0");
    assertThat(blob(APP, layer.blob().digest())).doesNotExist();
    assertThat(folder(APP).resolve(Workspace.CACHED)).doesNotExist();
  }

  @Test
  void aRecordWhoseDetailsAreGoneIsNotUsed() throws Exception {
    var details = recordedLayers(APP).getFirst().details().orElseThrow();
    cache.remove(new Descriptor("", details, 1));

    var _ = decide(BUILDER, LONGER_APP);

    assertThat(decided()).containsEntry("app", "0");
  }

  @Test
  void aStageRunsIfTheArchiveOfItsFilesIsGone() throws Exception {
    cache.remove(recordedFiles().files());

    var _ = decide(BUILDER, CHANGED_APP);

    assertThat(decided()).isEqualTo(Map.of("builder", "0", "app", "0"));
    assertThat(hasResult(BUILDER)).isFalse();
  }

  @Test
  void anArchiveThatNobodyNeedsIsNotMissed() throws Exception {
    cache.remove(recordedFiles().files());

    var _ = decide(BUILDER, APP);

    assertThat(decided()).isEqualTo(Map.of("builder", "complete", "app", "complete"));
  }

  @Test
  void aStageRunsIfItsLayersCannotBePushed() throws Exception {
    isPushRejected = true;

    var _ = decide(BUILDER, APP);

    assertThat(decided()).isEqualTo(Map.of("builder", "complete", "app", "0"));
  }

  @Test
  void anotherPublishContainerRepeatsTheDecisions() throws Exception {
    var _ = decide(BUILDER, LONGER_APP);
    var first = frames();
    printed.reset();
    cache = new MemoryCache();

    var second = decide(BUILDER, LONGER_APP);

    assertThat(frames()).isEqualTo(first);
    assertThat(second.mustRun(LONGER_APP)).isTrue();
    assertThat(second.mustRun(BUILDER)).isFalse();
  }

  @Test
  void anotherPublishContainerKnowsTheKeysOfAllSteps() throws Exception {
    var first = decide(BUILDER, APP).keys(APP);

    assertThat(decide(BUILDER, APP).keys(APP)).isEqualTo(first);
    assertThat(first.orElseThrow().isComplete(APP)).isTrue();
  }

  @Test
  void anotherPublishContainerDecidesWhatIsOpen() throws Exception {
    content.withContext("a comment changed");
    var _ = decide(BUILDER, APP);
    printed.reset();
    content.withStage("builder", "program");
    Files.writeString(
        folder(BUILDER).resolve(Workspace.RESULT),
        Json.write(new StageResult("builder", List.of(), Optional.empty())));

    var _ = decide(BUILDER, APP);

    assertThat(decided()).isEqualTo(Map.of("builder", "1", "app", "complete"));
  }

  @Test
  void aStageThatWasStartedWithoutADecisionRunsCompletely() throws Exception {
    start(LONGER_APP);

    var _ = decide(BUILDER, LONGER_APP);

    assertThat(decided()).isEqualTo(Map.of("builder", "complete", "app", "0"));
    assertThat(folder(LONGER_APP).resolve(Workspace.CACHED)).doesNotExist();
  }

  @Test
  void aResultOfAStageThatWasStartedWithoutADecisionIsKept() throws Exception {
    var own = new StageResult("app", List.of(), Optional.empty());
    Files.createDirectories(folder(APP));
    Files.writeString(folder(APP).resolve(Workspace.RESULT), Json.write(own));

    var _ = decide(BUILDER, APP);

    assertThat(decided()).isEqualTo(Map.of("builder", "complete", "app", "0"));
    assertThat(result(APP)).isEqualTo(own);
  }

  @Test
  void aDecisionWithoutItsResultIsMadeAgain() throws Exception {
    var _ = decide(BUILDER, APP);
    Files.delete(folder(APP).resolve(Workspace.RESULT));
    cache = new MemoryCache();
    printed.reset();

    var _ = decide(BUILDER, APP);

    assertThat(decided()).containsEntry("app", "0");
  }

  @Test
  void allStagesRunIfTheRegistryDoesNotAnswerInTime() throws Exception {
    limit = Duration.ZERO;

    var decisions = decide(BUILDER, APP);

    assertThat(decided()).isEqualTo(Map.of("builder", "0", "app", "0"));
    assertThat(decisions.mustRun(BUILDER)).isTrue();
    assertThat(lines())
        .isEqualTo(
            "the cache repository registry.example.com/team/app/cache has not answered in time; no"
                + " more steps are looked up");
  }
}
