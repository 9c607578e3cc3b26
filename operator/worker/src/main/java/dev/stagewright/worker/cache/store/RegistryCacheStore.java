package dev.stagewright.worker.cache.store;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.record.ContentRecord;
import dev.stagewright.cache.record.FilesRecord;
import dev.stagewright.cache.record.ImageRecord;
import dev.stagewright.cache.record.LatestRecord;
import dev.stagewright.cache.record.RecordArtifact;
import dev.stagewright.cache.record.RecordKind;
import dev.stagewright.cache.record.RecordReader;
import dev.stagewright.cache.record.RecordWriter;
import dev.stagewright.cache.record.StepRecord;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.CacheRequest;
import dev.stagewright.registry.ClientOptions;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.call.Retry;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.http.Timeouts;
import dev.stagewright.registry.proxy.ProxyEnvironment;
import dev.stagewright.registry.push.BlobTransfer;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.registries.Clients;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The cache in a repository of a registry. A look-up is one request, and so is a record. */
public final class RegistryCacheStore implements CacheStore {
  /** A record that is not written costs a step of the next build, so it is worth some attempts. */
  private static final int TRANSFER_ATTEMPTS = 3;

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final ImageReference repository;
  private final CacheRequest request;
  private final InstantSource clock;
  private final Problems problems;
  private final RegistryClient lookups;
  private final RegistryClient transfers;
  private final RecordPuller puller;
  private final RecordPusher pusher;
  private final UsedRecords used;
  private final Log log;

  /**
   * Creates a store, which closes the clients.
   *
   * @param lookups client for look-ups, which gives up soon
   * @param transfers client for blobs and for writing records
   */
  RegistryCacheStore(
      CacheRequest request,
      InstantSource clock,
      Log log,
      RegistryClient lookups,
      RegistryClient transfers) {
    this.repository = ImageReference.parse(request.repository());
    this.request = request;
    this.clock = clock;
    this.problems = new Problems(log);
    this.lookups = lookups;
    this.transfers = transfers;
    this.log = log;
    this.used = new UsedRecords(clock);
    this.puller = new RecordPuller(lookups, repository, problems, used);
    this.pusher = new RecordPusher(transfers, repository, problems, !request.readOnly());
  }

  /**
   * Opens the cache of a build, with the accounts of the request for it, or else those of the first
   * destination.
   *
   * @param clock finds out which records are too old
   * @param log receives one line for each kind of problem
   * @throws dev.stagewright.protocol.BuildFailedException if a Secret, a certificate or the host
   *     table is malformed
   */
  public static RegistryCacheStore open(
      Clients opener, BuildRequest build, CacheRequest request, InstantSource clock, Log log)
      throws IOException {
    var destination = request.destination();
    return new RegistryCacheStore(
        request,
        clock,
        log,
        opener.open(build, destination, ClientOptions::failingFast),
        opener.open(build, destination, RegistryCacheStore::transferOptions));
  }

  private static ClientOptions transferOptions(Map<String, String> environment) {
    return new ClientOptions(
        Timeouts.DEFAULT,
        new Retry(TRANSFER_ATTEMPTS, Thread::sleep).withMaxRetryAfter(LONGEST_PAUSE),
        ProxyEnvironment.of(environment));
  }

  @Override
  public ImageReference repository() {
    return repository;
  }

  @Override
  public Optional<StepRecord> step(CacheKey key) throws InterruptedException {
    return request.ignoreRecords()
        ? Optional.empty()
        : puller.pull(
            RecordKind.STEP, key, RecordReader::step, record -> isYoung(record.created()));
  }

  @Override
  public Optional<FilesRecord> files(CacheKey key) throws InterruptedException {
    return request.ignoreRecords()
        ? Optional.empty()
        : puller.pull(
            RecordKind.FILES, key, RecordReader::files, record -> isYoung(record.created()));
  }

  /** The image is assembled anyway, so its record has no age. */
  @Override
  public Optional<ImageRecord> image(CacheKey key) throws InterruptedException {
    return request.ignoreRecords()
        ? Optional.empty()
        : puller.pull(RecordKind.IMAGE, key, RecordReader::image, _ -> true);
  }

  /** It only explains why steps are not known, so it has no age. */
  @Override
  public Optional<LatestRecord> latest(CacheKey key) throws InterruptedException {
    return request.ignoreRecords() ? Optional.empty() : puller.pullLatest(key);
  }

  /** It depends on its key only, so it has no age. */
  @Override
  public Optional<byte[]> content(RecordKind kind, CacheKey key) throws InterruptedException {
    return request.ignoreRecords() ? Optional.empty() : puller.pullContent(kind, key);
  }

  @Override
  public Optional<byte[]> prefixImage(CacheKey key) throws InterruptedException {
    return request.ignoreRecords() ? Optional.empty() : puller.pull(prefixTag(key));
  }

  private ImageReference prefixTag(CacheKey key) {
    return repository.tagged(RecordKind.PREFIX.tag(key));
  }

  private boolean isYoung(long created) {
    var isYoung =
        request.maxAgeSeconds().stream()
            .allMatch(age -> clock.instant().getEpochSecond() - created <= age);
    if (!isYoung) {
      problems.report(
          Problems.Kind.EXPIRED,
          "records that are older than "
              + request.maxAgeSeconds().orElseThrow()
              + " s are ignored");
    }
    return isYoung;
  }

  @Override
  public InputStream open(Descriptor blob) throws IOException {
    return transfers.blob(repository, blob);
  }

  @Override
  public boolean exists(Descriptor blob) throws IOException {
    return lookups.hasBlob(repository, blob.digest());
  }

  @Override
  public boolean isWritable() {
    return pusher.isWritable();
  }

  @Override
  public List<String> problems() {
    return problems.serious();
  }

  @Override
  public BlobTransfer ensure(Descriptor blob, List<ImageReference> mountableFrom, Content content)
      throws IOException {
    return pusher.ensure(blob, mountableFrom, content);
  }

  @Override
  public void put(CacheKey key, StepRecord record) throws IOException {
    put(RecordKind.STEP, key, RecordWriter.write(record));
  }

  @Override
  public void put(CacheKey key, FilesRecord record) throws IOException {
    put(RecordKind.FILES, key, RecordWriter.write(record));
  }

  @Override
  public void put(CacheKey key, ImageRecord record) throws IOException {
    put(RecordKind.IMAGE, key, RecordWriter.write(record));
  }

  @Override
  public void put(CacheKey key, LatestRecord record) throws IOException {
    put(RecordKind.LATEST, key, RecordWriter.write(record));
  }

  @Override
  public void put(RecordKind kind, CacheKey key, ContentRecord record) throws IOException {
    put(kind, key, RecordWriter.write(kind, record));
  }

  private void put(RecordKind kind, CacheKey key, RecordArtifact artifact) throws IOException {
    var tag = kind.tag(key);
    used.replace(tag);
    pusher.push(tag, artifact.marked(tag, clock.instant()));
  }

  @Override
  public boolean markUsed(CacheKey step) {
    return isWritable() && used.mark(lookups, repository, RecordKind.STEP.tag(step));
  }

  @Override
  public void maintain(Duration limit) throws InterruptedException {
    if (!isWritable()) {
      return;
    }
    var end = System.nanoTime() + limit.toNanos();
    used.refresh(lookups, repository, () -> System.nanoTime() < end);
    if (request.maxAgeSeconds().isPresent()) {
      new ExpiredRecords(new RegistryRecords(lookups, repository), log)
          .delete(
              clock.instant(),
              Duration.ofSeconds(request.maxAgeSeconds().get()),
              () -> System.nanoTime() < end);
    }
  }

  @Override
  public void putPrefixImage(CacheKey key, Manifest manifest, byte[] config) throws IOException {
    var blob = new RecordArtifact.Blob(manifest.config(), config);
    pusher.push(
        prefixTag(key),
        new RecordArtifact(manifest, List.of(blob))
            .marked(RecordKind.PREFIX.tag(key), clock.instant()));
  }

  @Override
  public void close() {
    lookups.close();
    transfers.close();
  }
}
