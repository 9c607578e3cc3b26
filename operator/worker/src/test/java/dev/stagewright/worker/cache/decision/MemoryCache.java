package dev.stagewright.worker.cache.decision;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.record.ContentRecord;
import dev.stagewright.cache.record.FilesRecord;
import dev.stagewright.cache.record.ImageRecord;
import dev.stagewright.cache.record.LatestRecord;
import dev.stagewright.cache.record.RecordKind;
import dev.stagewright.cache.record.StepRecord;
import dev.stagewright.layers.io.VerifiedInputStream;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.push.BlobTransfer;
import dev.stagewright.worker.cache.store.CacheStore;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A cache in memory, which verifies what it is given, and what is read from it. */
final class MemoryCache implements CacheStore {
  private final Map<CacheKey, StepRecord> steps = new HashMap<>();
  private final Map<CacheKey, FilesRecord> files = new HashMap<>();
  private final Map<CacheKey, byte[]> prefixImages = new HashMap<>();
  private final Map<Digest, byte[]> blobs = new HashMap<>();
  private final AtomicInteger lookUps = new AtomicInteger();
  private Optional<LatestRecord> latest = Optional.empty();

  /** A cache with the records of a build. */
  static MemoryCache of(EarlierBuild build) throws IOException {
    var cache = new MemoryCache();
    cache.addAll(build);
    cache.latest = Optional.of(build.latest());
    return cache;
  }

  @Override
  public Optional<byte[]> content(RecordKind kind, CacheKey key) {
    return Optional.empty();
  }

  @Override
  public void put(RecordKind kind, CacheKey key, ContentRecord record) {
    throw new UnsupportedOperationException("only publish records contents");
  }

  @Override
  public Optional<byte[]> prefixImage(CacheKey key) {
    return Optional.ofNullable(prefixImages.get(key));
  }

  @Override
  public void putPrefixImage(CacheKey key, Manifest manifest, byte[] config) throws IOException {
    blobs.put(manifest.config().digest(), config);
    for (var layer : manifest.layers()) {
      require(layer.digest());
    }
    prefixImages.put(key, manifest.bytes());
  }

  /** A build is recorded, but is not the latest one of its Dockerfile. */
  void addAll(EarlierBuild build) throws IOException {
    for (var blob : build.blobs().entrySet()) {
      var _ = ensure(blob.getKey(), List.of(), Content.of(blob.getValue()));
    }
    for (var step : build.steps().entrySet()) {
      put(step.getKey(), step.getValue());
    }
    for (var record : build.files().entrySet()) {
      put(record.getKey(), record.getValue());
    }
  }

  void removeAllBlobs() {
    blobs.clear();
  }

  /** A blob is removed by garbage collection, which records do not notice. */
  void remove(Descriptor blob) {
    blobs.remove(blob.digest());
  }

  /** A blob has other content than its digest says. */
  void corrupt(Descriptor blob) {
    blobs.put(blob.digest(), new byte[(int) blob.size()]);
  }

  int lookUps() {
    return lookUps.get();
  }

  @Override
  public ImageReference repository() {
    return ImageReference.parse("registry.example.com/team/app/cache");
  }

  @Override
  public Optional<StepRecord> step(CacheKey key) {
    lookUps.incrementAndGet();
    return Optional.ofNullable(steps.get(key));
  }

  @Override
  public Optional<FilesRecord> files(CacheKey key) {
    lookUps.incrementAndGet();
    return Optional.ofNullable(files.get(key));
  }

  @Override
  public Optional<ImageRecord> image(CacheKey key) {
    return Optional.empty();
  }

  @Override
  public Optional<LatestRecord> latest(CacheKey key) {
    lookUps.incrementAndGet();
    return latest;
  }

  @Override
  public InputStream open(Descriptor blob) throws IOException {
    var bytes = blobs.get(blob.digest());
    if (bytes == null) {
      throw new FileNotFoundException("there is no blob " + blob.digest());
    }
    return new VerifiedInputStream(new ByteArrayInputStream(bytes), blob);
  }

  @Override
  public boolean exists(Descriptor blob) {
    return blobs.containsKey(blob.digest());
  }

  @Override
  public boolean isWritable() {
    return true;
  }

  @Override
  public List<String> problems() {
    return List.of();
  }

  @Override
  public BlobTransfer ensure(Descriptor blob, List<ImageReference> mountableFrom, Content content)
      throws IOException {
    try (var in = new VerifiedInputStream(content.open(), blob)) {
      blobs.put(blob.digest(), in.readAllBytes());
    }
    return BlobTransfer.UPLOADED;
  }

  @Override
  public void put(CacheKey key, StepRecord record) throws IOException {
    for (var layer : record.layers()) {
      require(layer.blob().digest());
      if (layer.details().isPresent()) {
        require(layer.details().get());
      }
    }
    steps.put(key, record);
  }

  @Override
  public void put(CacheKey key, FilesRecord record) throws IOException {
    require(record.files().digest());
    files.put(key, record);
  }

  private void require(Digest blob) throws IOException {
    if (!blobs.containsKey(blob)) {
      throw new IOException("the record refers to blob " + blob + ", which does not exist");
    }
  }

  @Override
  public void put(CacheKey key, ImageRecord record) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void put(CacheKey key, LatestRecord record) {
    latest = Optional.of(record);
  }

  @Override
  public boolean markUsed(CacheKey step) {
    return false;
  }

  @Override
  public void maintain(Duration limit) {
    // Records in memory do not expire.
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
