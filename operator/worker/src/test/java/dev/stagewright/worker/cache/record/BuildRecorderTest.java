package dev.stagewright.worker.cache.record;

import static dev.stagewright.worker.cache.record.RecordedBuild.filesKey;
import static dev.stagewright.worker.cache.record.RecordedBuild.stage;
import static dev.stagewright.worker.cache.record.RecordedBuild.stepKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.record.ImageRecord;
import dev.stagewright.cache.record.LatestRecord;
import dev.stagewright.cache.record.StepRecord;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.CacheRequest.Mode;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.worker.cache.store.HarborCache;
import dev.stagewright.worker.cache.store.RegistryCacheStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BuildRecorderTest {
  private static final StageBase SCRATCH = new StageBase.Scratch();
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final StagePlan BUILDER = stage("s0", SCRATCH, 3);
  private static final StagePlan TARGET = stage("s1", SCRATCH, 2);

  @TempDir private Path workspace;
  private final HarborCache cache = new HarborCache();
  private final RegistryCacheStore store = cache.open();

  @AfterEach
  void stop() {
    store.close();
    cache.close();
  }

  private RecordedBuild build(StagePlan... stages) throws IOException {
    return new RecordedBuild(workspace, cache, stages);
  }

  private StepRecord record(StagePlan stage, int step) throws InterruptedException {
    return find(stepKey(stage, step)).orElseThrow();
  }

  private Optional<StepRecord> find(CacheKey key) throws InterruptedException {
    return store.step(key);
  }

  @Test
  void recordsAStepBeforeItsStageEnds() throws Exception {
    var build = build(BUILDER, TARGET);
    try (var recorder = build.recorder(store, Mode.MAX)) {
      var first = build.ended(BUILDER, 0);
      var second = build.ended(BUILDER, 1);
      recorder.look();
      recorder.finish(LONG);

      var record = record(BUILDER, 1);
      assertThat(record.instruction()).isEqualTo("STEP 1");
      assertThat(record.build()).isEqualTo("team/app");
      assertThat(record.created()).isEqualTo(cache.now());
      assertThat(record.millis()).isEqualTo(100);
      assertThat(record.totalMillis()).isEqualTo(200);
      assertThat(record.layers())
          .extracting(StageResult.Layer::blob)
          .containsExactly(first.blob(), second.blob());
      assertThat(record.details()).hasSize(2);
      for (var blob : record.details()) {
        assertThat(store.exists(blob)).isTrue();
      }
    }
  }

  @Test
  void aStepIsRecordedOnce() throws Exception {
    var build = build(BUILDER, TARGET);
    try (var recorder = build.recorder(store, Mode.MAX)) {
      build.ended(BUILDER, 0);
      recorder.look();
      recorder.look();
      recorder.arrived(BUILDER, build.result(BUILDER), false);
      recorder.finish(LONG);
    }
    assertThat(cache.harbor().seen("PUT /v2/team/app/cache/manifests/")).hasSize(1);
  }

  @Test
  void theStepsOfAStageThatFailsAreRecorded() throws Exception {
    var build = build(BUILDER, TARGET);
    try (var recorder = build.recorder(store, Mode.MAX)) {
      build.ended(BUILDER, 0);
      build.ended(BUILDER, 1);
      recorder.finish(LONG);
    }
    assertThat(record(BUILDER, 1).layers()).hasSize(2);
    assertThat(find(stepKey(BUILDER, 2))).isEmpty();
  }

  @Test
  void layersOfTheImageAreMountedAndOthersUploaded() throws Exception {
    var build = build(BUILDER, TARGET);
    try (var recorder = build.recorder(store, Mode.MAX)) {
      build.ended(BUILDER, 0);
      build.ended(TARGET, 0);
      recorder.finish(LONG);
    }
    assertThat(cache.harbor().seen("POST /v2/team/app/cache/blobs/uploads/?mount=")).hasSize(1);
    assertThat(cache.harbor().openUploads()).isZero();
    assertThat(cache.lines())
        .singleElement()
        .asString()
        .startsWith(
            "cache: recorded in %s: steps: 2, stages with files: 0, blobs: 3 uploaded ("
                .formatted(cache.name().name()))
        .endsWith("), 1 mounted, 0 already there");
  }

  @Test
  void aStepOfTheImageCostsSixRequests() throws Exception {
    var build = build(BUILDER, TARGET);
    try (var recorder = build.recorder(store, Mode.MAX)) {
      build.ended(TARGET, 0);
      recorder.finish(LONG);
      var before = cache.harbor().seen("").size();
      build.ended(TARGET, 1);
      recorder.finish(LONG);

      assertThat(cache.harbor().seen("").stream().skip(before))
          .filteredOn(line -> line.contains(" /v2/team/app/cache/"))
          .map(line -> line.replaceFirst("(sha256:|step-|uploads/(?=[0-9a-f])).*", ""))
          .map(line -> line.replace(" /v2/team/app/cache/", " "))
          .as("the layer is mounted, its details are uploaded")
          .containsExactly(
              "HEAD blobs/",
              "POST blobs/uploads/?mount=",
              "HEAD blobs/",
              "POST blobs/uploads/",
              "PUT blobs/",
              "PUT manifests/");
    }
  }

  @Test
  void aStageOnAStageContinuesItsLayers() throws Exception {
    var child = stage("s1", new StageBase.Stage("s0"), 2);
    var build = build(BUILDER, child);
    try (var recorder = build.recorder(store, Mode.MAX)) {
      for (var step = 0; step < 3; step++) {
        build.ended(BUILDER, step);
      }
      build.ended(child, 0);
      recorder.look();
      recorder.arrived(BUILDER, build.result(BUILDER), false);
      recorder.finish(LONG);
    }
    var record = record(child, 0);
    assertThat(record.layers()).extracting(StageResult.Layer::step).containsExactly(0, 1, 2, 3);
    assertThat(record.totalMillis()).isEqualTo(400);
    assertThat(record.layers().subList(0, 3)).isEqualTo(record(BUILDER, 2).layers());
  }

  @Test
  void aStageContinuesItsKnownSteps() throws Exception {
    var first = build(BUILDER, TARGET);
    try (var recorder = first.recorder(store, Mode.MAX)) {
      first.ended(BUILDER, 0);
      first.ended(BUILDER, 1);
      recorder.finish(LONG);
    }
    var known = record(BUILDER, 1);
    cache.setTime(cache.instant().plusSeconds(60));
    var second = new RecordedBuild(workspace.resolve("second"), cache, BUILDER, TARGET);
    second.continues(BUILDER, known);
    try (var recorder = second.recorder(store, Mode.MAX)) {
      second.ended(BUILDER, 2);
      recorder.finish(LONG);
    }

    var record = record(BUILDER, 2);
    assertThat(record.layers().subList(0, 2)).isEqualTo(known.layers());
    assertThat(record.layers().getLast().created()).contains(cache.now());
    assertThat(record.totalMillis()).isEqualTo(300);
    assertThat(record(BUILDER, 1)).isEqualTo(known);
  }

  @Test
  void aStepWhosePredecessorsAreNotKnownIsNotRecorded() throws Exception {
    var build = build(BUILDER, TARGET);
    try (var recorder = build.recorder(store, Mode.MAX)) {
      build.ended(BUILDER, 2);
      recorder.finish(LONG);
    }
    assertThat(find(stepKey(BUILDER, 2))).isEmpty();
    assertThat(cache.lines())
        .containsExactly(
            "cache: records that were not written: 1; the layers below stage stage-s0 are not known");
  }

  @Test
  void recordsTheFilesThatOtherStagesCopy() throws Exception {
    var build = build(BUILDER, TARGET);
    var archive = "an archive of files".repeat(1000).getBytes(StandardCharsets.UTF_8);
    try (var recorder = build.recorder(store, Mode.MAX)) {
      build.ended(BUILDER, 0);
      build.ended(BUILDER, 1);
      recorder.arrived(BUILDER, build.resultWithFiles(BUILDER, archive), false);
      recorder.finish(LONG);
    }

    var files = store.files(filesKey(BUILDER)).orElseThrow();
    assertThat(files.size()).isEqualTo(archive.length);
    assertThat(files.selections()).containsKey("selection");
    assertThat(files.totalMillis()).isGreaterThanOrEqualTo(200);
    try (var content = new GZIPInputStream(store.open(files.files()))) {
      assertThat(content.readAllBytes()).isEqualTo(archive);
    }
    assertThat(workspace.resolve("stages/s0/blobs/sha256/" + files.files().digest().hex()))
        .doesNotExist();
  }

  private static final byte[] ARCHIVE = "an archive".getBytes(StandardCharsets.UTF_8);

  /** The recorded duration of the steps of a stage, after its result was written. */
  private long totalMillis(RecordedBuild build, StagePlan stage, long resultTime) throws Exception {
    try (var recorder = build.recorder(store, Mode.MIN)) {
      var result = build.resultWithFiles(stage, ARCHIVE);
      build.written(stage, Workspace.RESULT, resultTime);
      recorder.arrived(stage, result, false);
      recorder.finish(LONG);
    }
    return store.files(filesKey(stage)).orElseThrow().totalMillis();
  }

  @Test
  void theDurationOfAStageWithoutLayersIsThatOfAllItsSteps() throws Exception {
    var build = build(BUILDER, TARGET);
    build.started(BUILDER, 1000);

    assertThat(totalMillis(build, BUILDER, 1060)).isEqualTo(60_000);
  }

  @Test
  void theDurationOfAStageIncludesItsLastStepWithoutALayer() throws Exception {
    var build = build(BUILDER, TARGET);
    build.started(BUILDER, 1000);
    build.ended(BUILDER, 0);
    build.ended(BUILDER, 1);
    build.written(BUILDER, Workspace.step(1), 1050);

    assertThat(totalMillis(build, BUILDER, 1060)).isEqualTo(200 + 10_000);
  }

  @Test
  void theDurationOfAStageIncludesItsKnownSteps() throws Exception {
    var first = build(BUILDER, TARGET);
    try (var recorder = first.recorder(store, Mode.MAX)) {
      first.ended(BUILDER, 0);
      first.ended(BUILDER, 1);
      recorder.finish(LONG);
    }
    var second = new RecordedBuild(workspace.resolve("second"), cache, BUILDER, TARGET);
    second.continues(BUILDER, record(BUILDER, 1));
    second.started(BUILDER, 1000);

    assertThat(totalMillis(second, BUILDER, 1060)).isEqualTo(200 + 60_000);
  }

  @Test
  void theDurationOfAStageDoesNotIncludeTheTimeForWhichItWaitsForItsBase() throws Exception {
    var child = stage("s1", new StageBase.Stage("s0"), 2);
    var build = build(BUILDER, child);
    build.started(child, 1000);
    for (var step = 0; step < 3; step++) {
      build.ended(BUILDER, step);
    }
    build.resultWithFiles(BUILDER, ARCHIVE);
    build.written(BUILDER, Workspace.RESULT, 1050);
    try (var recorder = build.recorder(store, Mode.MIN)) {
      var result = build.resultWithFiles(child, ARCHIVE);
      build.written(child, Workspace.RESULT, 1060);
      recorder.arrived(BUILDER, build.result(BUILDER), false);
      recorder.arrived(child, result, false);
      recorder.finish(LONG);
    }

    assertThat(store.files(filesKey(child)).orElseThrow().totalMillis()).isEqualTo(300 + 10_000);
  }

  @Test
  void aStageThatIsKnownCompletelyIsNotRecorded() throws Exception {
    var build = build(BUILDER, TARGET);
    var archive = "an archive of files".getBytes(StandardCharsets.UTF_8);
    try (var recorder = build.recorder(store, Mode.MAX)) {
      recorder.arrived(BUILDER, build.resultWithFiles(BUILDER, archive), true);
      recorder.finish(LONG);
    }
    assertThat(cache.requests(0)).isEmpty();
    assertThat(cache.lines()).isEmpty();
  }

  @Test
  void inModeMinOnlyTheEndsOfTheStagesOfTheImageAreRecorded() throws Exception {
    var build = build(BUILDER, TARGET);
    try (var recorder = build.recorder(store, Mode.MIN)) {
      build.ended(BUILDER, 0);
      build.ended(TARGET, 0);
      build.ended(TARGET, 1);
      recorder.arrived(TARGET, build.result(TARGET), false);
      recorder.finish(LONG);
    }
    assertThat(find(stepKey(BUILDER, 0))).isEmpty();
    assertThat(find(stepKey(TARGET, 0))).isEmpty();
    assertThat(record(TARGET, 1).layers()).hasSize(2);
  }

  @Test
  void aReadOnlyCacheIsNotTouched() throws Exception {
    var build = build(BUILDER, TARGET);
    try (var readOnly = cache.open(cache.request(true, false, Optional.empty()));
        var recorder = build.recorder(readOnly, Mode.MAX)) {
      recorder.start();
      build.ended(TARGET, 0);
      recorder.arrived(TARGET, build.result(TARGET), false);
      recorder.recordImage(HarborCache.key("image"), new ImageRecord(1, Digest.of(new byte[0])));
      recorder.finish(LONG);
    }
    assertThat(cache.requests(0)).isEmpty();
    assertThat(cache.lines()).isEmpty();
  }

  @Test
  void withoutThePermissionToPushTheLogSaysSoOnce() throws Exception {
    cache.allow("repository:pull");
    var build = build(BUILDER, TARGET);
    try (var recorder = build.recorder(store, Mode.MAX)) {
      build.ended(BUILDER, 0);
      build.ended(BUILDER, 1);
      recorder.finish(LONG);
    }
    assertThat(cache.lines())
        .singleElement()
        .asString()
        .startsWith("cache: nothing is recorded any more: ");
  }

  @Test
  void aLayerThatCannotBeUploadedOnlyCostsItsRecords() throws Exception {
    var build = build(BUILDER, TARGET);
    try (var recorder = build.recorder(store, Mode.MAX)) {
      var lost = build.ended(BUILDER, 0);
      build.ended(BUILDER, 1);
      Files.writeString(
          workspace.resolve("stages/s0/blobs/sha256/" + lost.blob().digest().hex()), "damaged");
      build.ended(TARGET, 0);
      recorder.finish(LONG);
    }
    assertThat(find(stepKey(BUILDER, 0))).isEmpty();
    assertThat(find(stepKey(BUILDER, 1))).isEmpty();
    assertThat(find(stepKey(TARGET, 0))).isPresent();
    assertThat(cache.lines()).hasSize(2);
    assertThat(cache.lines().getLast()).startsWith("cache: records that were not written: 2; ");
  }

  @Test
  void aBlobThatTheRegistryDidNotTakeIsSentAgainForTheNextStep() throws Exception {
    cache
        .harbor()
        .next("POST /v2/team/app/cache/blobs/uploads/", 503)
        .next("POST /v2/team/app/cache/blobs/uploads/", 503);
    var build = build(BUILDER, TARGET);
    try (var recorder = build.recorder(store, Mode.MAX)) {
      build.ended(BUILDER, 0);
      build.ended(BUILDER, 1);
      recorder.finish(LONG);
    }
    assertThat(find(stepKey(BUILDER, 0))).isEmpty();
    assertThat(record(BUILDER, 1).layers()).hasSize(2);
  }

  @Test
  void aStepThatCannotBeReadIsReportedOnce() throws Exception {
    var build = build(BUILDER, TARGET);
    try (var recorder = build.recorder(store, Mode.MAX)) {
      build.ended(BUILDER, 0);
      Files.writeString(workspace.resolve("stages/s0/steps/1.json"), "{");
      recorder.look();
      recorder.look();
      recorder.finish(LONG);
    }
    assertThat(find(stepKey(BUILDER, 0))).isPresent();
    assertThat(cache.lines()).hasSize(2);
    assertThat(cache.lines().getLast())
        .startsWith("cache: records that were not written: 1; the result of step 1 is malformed");
  }

  @Test
  void whatIsNotRecordedInTimeIsDropped() throws Exception {
    var build = build(BUILDER, stage("s1", new StageBase.Stage("s0"), 1));
    try (var recorder = build.recorder(store, Mode.MAX)) {
      build.ended(build.plan().stages().getLast(), 0);
      recorder.finish(Duration.ZERO);
    }
    assertThat(cache.lines())
        .containsExactly("cache: records that were not written: 1; it took longer than 0 s");
  }

  @Test
  void recordsTheImageAndTheKeysAtTheEnd() throws Exception {
    var image = new ImageRecord(cache.now(), Digest.of(new byte[0]));
    var latest = new LatestRecord("team/app", cache.now(), List.of());
    var key = HarborCache.key("image");
    try (var recorder = build(BUILDER, TARGET).recorder(store, Mode.MAX)) {
      recorder.recordImage(key, image);
      recorder.recordLatest(key, latest);
      recorder.finish(LONG);
    }
    assertThat(store.image(key)).contains(image);
    assertThat(store.latest(key)).contains(latest);
  }

  @Test
  void theResultOfAStageHasTheTimesOfItsRecords() throws Exception {
    cache.setTime(Instant.parse("2026-11-28T11:00:00Z"));
    var build = build(BUILDER, TARGET);
    try (var recorder = build.recorder(store, Mode.MAX)) {
      build.ended(TARGET, 0);
      recorder.look();
      cache.setTime(Instant.parse("2026-11-28T12:00:00Z"));
      build.ended(TARGET, 1);
      recorder.arrived(TARGET, build.result(TARGET), false);
      recorder.finish(LONG);

      assertThat(recorder.dated(TARGET, build.result(TARGET)).layers())
          .extracting(StageResult.Layer::created)
          .isEqualTo(record(TARGET, 1).layers().stream().map(StageResult.Layer::created).toList())
          .doesNotHaveDuplicates();
    }
  }
}
