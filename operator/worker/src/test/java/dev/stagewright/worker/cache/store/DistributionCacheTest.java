package dev.stagewright.worker.cache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.record.FilesRecord;
import dev.stagewright.cache.record.ImageRecord;
import dev.stagewright.cache.record.LatestRecord;
import dev.stagewright.cache.record.RecordInfo;
import dev.stagewright.cache.record.RecordKind;
import dev.stagewright.cache.record.StepRecord;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.protocol.CacheRequest;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.registry.ClientOptions;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.host.RegistryHosts;
import dev.stagewright.registry.http.Content;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.registries.LocalRegistry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache in the CNCF distribution registry. */
class DistributionCacheTest {
  private static final CacheKey KEY = HarborCache.key("RUN make");

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private RegistryCacheStore open(LocalRegistry registry) {
    return open(registry, Optional.empty());
  }

  private RegistryCacheStore open(LocalRegistry registry, Optional<Long> maxAge) {
    return open(registry, maxAge, InstantSource.system());
  }

  private RegistryCacheStore open(
      LocalRegistry registry, Optional<Long> maxAge, InstantSource clock) {
    var request =
        new CacheRequest(
            registry.host() + "/team/app/cache",
            Optional.empty(),
            Optional.empty(),
            CacheRequest.Mode.MAX,
            false,
            false,
            maxAge);
    return new RegistryCacheStore(
        request,
        clock,
        new Log(new PrintStream(printed, true, StandardCharsets.UTF_8)),
        client(ClientOptions.failingFast(Map.of())),
        client(ClientOptions.of(Map.of())));
  }

  private static RegistryClient client(ClientOptions options) {
    return RegistryClient.create(RegistryHosts.defaults(), Credentials.none(), options);
  }

  @Test
  void keepsRecordsOfEachKind(@TempDir Path directory) throws Exception {
    var bytes = "a blob".getBytes(StandardCharsets.UTF_8);
    var blob = new Descriptor(MediaTypes.LAYER_GZIP, Digest.of(bytes), bytes.length);
    var details = new Descriptor(StepRecord.DETAILS, Digest.of(bytes), bytes.length);
    var layer =
        new StageResult.Layer(
            0, blob, Digest.of(bytes), Optional.of(blob.digest()), Optional.of(1L));
    var step = new StepRecord("RUN make", "team/app", 1, 1, 1, List.of(layer), List.of(details));
    var files = new FilesRecord("team/app", 1, 1, blob, 1, Map.of());
    var image = new ImageRecord(1, blob.digest());
    var latest = new LatestRecord("team/app", 1, List.of());
    try (var registry = LocalRegistry.start(directory, Optional.empty());
        var store = open(registry)) {
      assertThat(store.step(KEY)).isEmpty();
      assertThat(store.latest(KEY)).isEmpty();
      assertThatThrownBy(() -> store.put(KEY, step)).hasMessageContaining("MANIFEST_BLOB_UNKNOWN");

      var _ = store.ensure(blob, List.of(), Content.of(bytes));
      store.put(KEY, step);
      store.put(KEY, files);
      store.put(KEY, image);
      store.put(KEY, latest);

      assertThat(store.step(KEY)).contains(step);
      assertThat(store.files(KEY)).contains(files);
      assertThat(store.image(KEY)).contains(image);
      assertThat(store.latest(KEY)).contains(latest);
      assertThat(store.exists(blob)).isTrue();
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void deletesExpiredRecords(@TempDir Path directory) throws Exception {
    var image = new ImageRecord(1, Digest.of(new byte[] {1}));
    try (var registry = LocalRegistry.start(directory, Optional.empty())) {
      try (var store = open(registry)) {
        store.put(KEY, image);
      }
      try (var later = open(registry, Optional.of(-2 * 86_400L))) {
        later.maintain(Duration.ofMinutes(1));
        assertThat(later.image(KEY)).isEmpty();
      }
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).startsWith("cache: deleted 1 records");
  }

  @Test
  void replacesTheManifestOfARecordThatIsUsedDaysLater(@TempDir Path directory) throws Exception {
    var image = new ImageRecord(1, Digest.of(new byte[] {1}));
    try (var registry = LocalRegistry.start(directory, Optional.empty())) {
      try (var store = open(registry)) {
        store.put(KEY, image);
      }
      var later = Instant.now().plus(Duration.ofDays(2));
      try (var store = open(registry, Optional.empty(), () -> later)) {
        assertThat(store.image(KEY)).contains(image);
        store.maintain(Duration.ofMinutes(1));
        assertThat(store.image(KEY)).contains(image);
      }
      try (var client = client(ClientOptions.of(Map.of()))) {
        var tag = RecordKind.IMAGE.tag(KEY);
        var name = ImageReference.parse(registry.host() + "/team/app/cache:" + tag);
        var info = RecordInfo.read(tag, client.manifest(name).orElseThrow().bytes());
        assertThat(info.orElseThrow().lastUsed()).isEqualTo(later.truncatedTo(ChronoUnit.SECONDS));
      }
    }
  }
}
