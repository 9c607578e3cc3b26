package dev.stagewright.worker.cache.store;

import static dev.stagewright.worker.cache.store.HarborCache.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.record.FilesRecord;
import dev.stagewright.cache.record.ImageRecord;
import dev.stagewright.cache.record.LatestRecord;
import dev.stagewright.cache.record.RecordArtifact;
import dev.stagewright.cache.record.RecordKind;
import dev.stagewright.cache.record.RecordWriter;
import dev.stagewright.cache.record.StepRecord;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.protocol.CacheRequest;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.registry.http.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryCacheStoreTest {
  private static final CacheKey KEY = key("RUN make");
  private static final String TAG = RecordKind.STEP.tag(KEY);
  private static final byte[] LAYER = "a layer".getBytes(StandardCharsets.UTF_8);

  private final HarborCache cache = new HarborCache();
  private final RegistryCacheStore store = cache.open();

  @AfterEach
  void stop() {
    store.close();
    cache.close();
  }

  private StepRecord step() {
    return step(cache.now());
  }

  private static StepRecord step(long created) {
    var layer =
        new StageResult.Layer(
            0, layerBlob(), Digest.of(LAYER), Optional.empty(), Optional.of(created));
    return new StepRecord("RUN make", "team/app", created, 1500, 2000, List.of(layer), List.of());
  }

  private static Descriptor layerBlob() {
    return new Descriptor(MediaTypes.LAYER_GZIP, Digest.of(LAYER), LAYER.length);
  }

  private void record(StepRecord record) throws IOException {
    var _ = store.ensure(layerBlob(), List.of(), Content.of(LAYER));
    store.put(KEY, record);
  }

  /** Stores a manifest under the tag of the record, as somebody else may. */
  private void putManifest(String json) throws IOException {
    putManifest(TAG, json.getBytes(StandardCharsets.UTF_8));
  }

  private void putManifest(String tag, byte[] manifest) throws IOException {
    try (var client = cache.client()) {
      var reference = cache.name().tagged(tag);
      var _ = client.pusher(reference).pushManifest(reference, MediaTypes.MANIFEST, manifest);
    }
  }

  private static String manifest() {
    return RecordWriter.write(step(1)).manifest().toString();
  }

  private void assertMissWithOneLine(String words) throws InterruptedException {
    assertThat(store.step(KEY)).isEmpty();
    assertThat(store.step(KEY)).isEmpty();
    assertThat(cache.lines()).singleElement().asString().contains(words);
  }

  @Test
  void findsARecordThatAnotherBuildHasWritten() throws Exception {
    record(step());

    try (var other = cache.open()) {
      assertThat(other.step(KEY)).contains(step());
      try (var layer = other.open(layerBlob())) {
        assertThat(layer.readAllBytes()).isEqualTo(LAYER);
      }
      assertThat(other.exists(layerBlob())).isTrue();
    }
    assertThat(cache.lines()).isEmpty();
  }

  @Test
  void aLookUpIsOneRequestAndSoIsARecord() throws Exception {
    var _ = store.ensure(layerBlob(), List.of(), Content.of(LAYER));
    store.put(key("first"), step());
    var _ = store.step(key("first"));
    var before = cache.requests(0).size();

    store.put(KEY, step());
    assertThat(store.step(KEY)).isPresent();

    assertThat(cache.requests(before))
        .containsExactly(
            "PUT /v2/team/app/cache/manifests/" + TAG, "GET /v2/team/app/cache/manifests/" + TAG);
  }

  @Test
  void findsRecordsOfEachKind() throws Exception {
    var _ = store.ensure(layerBlob(), List.of(), Content.of(LAYER));
    var files =
        new FilesRecord(
            "team/app", cache.now(), 10, layerBlob(), 20, Map.of("s", Digest.of(LAYER)));
    var image = new ImageRecord(cache.now(), Digest.of(LAYER));
    var latest = new LatestRecord("team/app", cache.now(), List.of());
    store.put(KEY, files);
    store.put(KEY, image);
    store.put(KEY, latest);

    assertThat(store.files(KEY)).contains(files);
    assertThat(store.image(KEY)).contains(image);
    assertThat(store.latest(KEY)).contains(latest);
    assertThat(store.step(KEY)).isEmpty();
  }

  @Test
  void aRepositoryThatDoesNotExistIsEmpty() throws Exception {
    assertThat(store.step(KEY)).isEmpty();
    assertThat(store.latest(KEY)).isEmpty();
    assertThat(cache.lines()).isEmpty();
  }

  @Test
  void aProjectThatDoesNotExistIsEmpty() throws Exception {
    var other =
        new CacheRequest(
            cache.harbor().host() + "/absent/cache",
            Optional.empty(),
            Optional.empty(),
            CacheRequest.Mode.MAX,
            false,
            false,
            Optional.empty());
    try (var absent = cache.open(other)) {
      assertThat(absent.step(KEY)).isEmpty();
    }
    assertThat(cache.lines()).isEmpty();
  }

  @Test
  void anotherArtifactIsAMiss() throws Exception {
    record(step());
    putManifest(manifest().replace(RecordKind.STEP.artifactType(), "application/vnd.example.v1"));

    assertMissWithOneLine("is of another type or version: application/vnd.example.v1");
  }

  @Test
  void aRecordOfAnotherVersionIsAMiss() throws Exception {
    record(step());
    putManifest(manifest().replace("step.v1", "step.v9"));

    assertMissWithOneLine("is of another type or version");
  }

  @Test
  void malformedJsonIsAMiss() throws Exception {
    record(step());
    putManifest(manifest().replace("\\\"millis\\\":1500", "\\\"millis\\\":true"));

    assertMissWithOneLine("is malformed");
  }

  @Test
  void aRecordThatRefersToOtherBlobsIsAMiss() throws Exception {
    record(step());
    var _ =
        store.ensure(
            RecordArtifact.EMPTY.descriptor(), List.of(), Content.of(RecordArtifact.EMPTY.bytes()));
    putManifest(
        RecordWriter.write(new ImageRecord(1, Digest.of(LAYER)))
            .manifest()
            .withArtifactType(RecordKind.STEP.artifactType())
            .withAnnotations(RecordWriter.write(step(1)).manifest().annotations())
            .toString());

    assertMissWithOneLine("refers to other blobs than its JSON");
  }

  @Test
  void aDamagedRecordIsAMiss() throws Exception {
    record(step());
    cache.repository().damage(TAG);

    assertMissWithOneLine("the storage of the registry, or a cache in front of it, is damaged");
  }

  @Test
  void aDamagedBlobOfALatestRecordIsAMiss() throws Exception {
    store.put(KEY, new LatestRecord("team/app", 1, List.of()));
    cache.repository().damage(latestBlob());

    assertThat(store.latest(KEY)).isEmpty();
    assertThat(cache.lines()).singleElement().asString().contains("cannot be read");
  }

  @Test
  void aLatestRecordWithoutItsBlobIsAMiss() throws Exception {
    store.put(KEY, new LatestRecord("team/app", 1, List.of()));
    cache.repository().removeBlob(latestBlob());

    assertThat(store.latest(KEY)).isEmpty();
    assertThat(cache.lines()).singleElement().asString().contains("cannot be read");
  }

  private static String latestBlob() {
    var artifact = RecordWriter.write(new LatestRecord("team/app", 1, List.of()));
    return artifact.manifest().layers().getFirst().digest().toString();
  }

  @Test
  void aBlobThatIsGoneOrDamagedCannotBeRead() throws Exception {
    record(step());
    cache.repository().damage(layerBlob().digest().toString());
    assertThatThrownBy(
            () -> {
              try (var layer = store.open(layerBlob())) {
                var _ = layer.readAllBytes();
              }
            })
        .isInstanceOf(IOException.class);

    cache.repository().removeBlob(layerBlob().digest().toString());
    assertThat(store.exists(layerBlob())).isFalse();
    assertThatThrownBy(() -> store.open(layerBlob())).isInstanceOf(IOException.class);
  }

  @Test
  void aManifestThatIsRemovedAfterALookUpIsAMissOfTheNext() throws Exception {
    record(step());
    assertThat(store.step(KEY)).isPresent();
    cache.repository().remove(TAG);

    assertThat(store.step(KEY)).isEmpty();
    assertThat(cache.lines()).isEmpty();
  }

  @Test
  void recordsThatAreTooOldAreMisses() throws Exception {
    var hour = Duration.ofHours(1).toSeconds();
    record(step(cache.now() - hour));
    try (var strict = cache.open(cache.request(false, false, Optional.of(hour - 1)));
        var lenient = cache.open(cache.request(false, false, Optional.of(hour)))) {
      assertThat(lenient.step(KEY)).isPresent();
      assertThat(cache.lines()).isEmpty();
      assertThat(strict.step(KEY)).isEmpty();
      assertThat(cache.lines())
          .containsExactly("cache: records that are older than 3599 s are ignored");
    }
  }

  @Test
  void recordsCanBeIgnoredAndReplaced() throws Exception {
    record(step(1));
    try (var ignoring = cache.open(cache.request(false, true, Optional.empty()))) {
      assertThat(ignoring.step(KEY)).isEmpty();
      ignoring.put(KEY, step(2));
    }
    assertThat(store.step(KEY)).contains(step(2));
  }

  @Test
  void aRegistryThatDoesNotAnswerIsAskedOnce() throws Exception {
    cache.harbor().next("GET /v2/team/app/cache", 503).next("GET /v2/team/app/cache", 503);

    assertMissWithOneLine("nothing is looked up any more: cannot read the manifest of");
    assertThat(cache.harbor().seen("GET /v2/team/app/cache")).hasSize(2);
    assertThat(store.problems()).hasSize(1);
  }

  @Test
  void oneFailedRequestIsTriedAgain() throws Exception {
    record(step());
    cache.harbor().next("GET /v2/team/app/cache", 503);

    assertThat(store.step(KEY)).isPresent();
    assertThat(cache.lines()).isEmpty();
  }

  @Test
  void withoutThePermissionToPullNothingIsLookedUp() throws Exception {
    cache.allow();

    assertMissWithOneLine("nothing is looked up any more: cannot read the manifest of");
  }

  @Test
  void withoutThePermissionToPushNothingIsRecorded() throws Exception {
    record(step());
    cache.allow("repository:pull");
    cache.harbor().expireTokens();

    try (var other = cache.open()) {
      assertThat(other.step(KEY)).isPresent();
      assertThat(other.isWritable()).isTrue();
      assertThatThrownBy(() -> other.put(key("new"), step())).isInstanceOf(IOException.class);
      assertThat(other.isWritable()).isFalse();
      assertThatThrownBy(() -> other.put(key("new"), step())).isInstanceOf(IOException.class);
      assertThat(other.problems()).singleElement().asString().startsWith("nothing is recorded");
    }
    assertThat(cache.lines()).hasSize(1);
  }

  @Test
  void aFullProjectIsNotWrittenAgain() throws Exception {
    cache.harbor().world().project("team").limit(1);

    assertThatThrownBy(() -> record(step())).isInstanceOf(IOException.class);
    assertThat(store.isWritable()).isFalse();
  }

  @Test
  void recordsThatAreImmutableStay() throws Exception {
    record(step(1));
    cache.harbor().world().project("team").immutable("step-*");

    store.put(KEY, step(2));

    assertThat(store.step(KEY)).contains(step(1));
    assertThat(store.isWritable()).isTrue();
    assertThat(cache.lines())
        .singleElement()
        .asString()
        .startsWith("cache: records that exist are not replaced");
  }

  @Test
  void aRecordWithoutItsLayerIsRejected() {
    assertThatThrownBy(() -> store.put(KEY, step())).hasMessageContaining("MANIFEST_BLOB_UNKNOWN");
    assertThat(store.isWritable()).isTrue();
  }

  @Test
  void theEmptyConfigIsRestoredAfterTheRegistryHasRemovedIt() throws Exception {
    record(step());
    cache.repository().removeBlob(RecordArtifact.EMPTY.descriptor().digest().toString());

    store.put(key("next"), step());

    assertThat(store.step(key("next"))).isPresent();
  }

  @Test
  void aReadOnlyCacheIsNotWritable() throws Exception {
    try (var readOnly = cache.open(cache.request(true, false, Optional.empty()))) {
      assertThat(readOnly.isWritable()).isFalse();
      assertThatThrownBy(() -> readOnly.put(KEY, step())).isInstanceOf(IOException.class);
    }
    assertThat(cache.requests(0)).isEmpty();
    assertThat(cache.lines()).isEmpty();
  }

  @Test
  void ofTwoWritersTheLastOneWins() throws Exception {
    var _ = store.ensure(layerBlob(), List.of(), Content.of(LAYER));
    var writes = new ArrayList<Callable<Boolean>>();
    for (var i = 1; i <= 8; i++) {
      var record = step(i);
      writes.add(() -> {
        try (var writer = cache.open()) {
          writer.put(KEY, record);
        }
        return true;
      });
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var written : threads.invokeAll(writes)) {
        assertThat(written.get()).isTrue();
      }
    }
    assertThat(store.step(KEY).orElseThrow().created()).isBetween(1L, 8L);
    assertThat(cache.lines()).isEmpty();
  }
}
