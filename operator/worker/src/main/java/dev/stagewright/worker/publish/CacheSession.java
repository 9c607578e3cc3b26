package dev.stagewright.worker.publish;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.CacheRequest;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.cache.content.WorkspaceFiles;
import dev.stagewright.worker.cache.decision.PrefixImages;
import dev.stagewright.worker.cache.decision.StageDecisions;
import dev.stagewright.worker.cache.prefix.RegistryPrefixImages;
import dev.stagewright.worker.cache.record.BuildRecorder;
import dev.stagewright.worker.cache.record.Recording;
import dev.stagewright.worker.cache.store.CacheStore;
import dev.stagewright.worker.registries.Clients;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The cache of the build in this container, if the request has one. It is open longer than the
 * phase: records are still written after the outcome was reported.
 */
final class CacheSession implements AutoCloseable {
  private static final Duration RECORDING = Duration.ofMinutes(1);

  private static final Duration MAINTENANCE = Duration.ofSeconds(20);

  /** What is not made in this time is made by the next build. */
  private static final Duration PREFIX_IMAGES = Duration.ofMinutes(1);

  /** Less than the grace period of the Pod. */
  private static final Duration LAST_RECORDS = Duration.ofSeconds(25);

  private final CacheStoreFactory factory;
  private final Path scratch;
  private final InstantSource clock;
  private final Log log;
  private Optional<CacheStore> store = Optional.empty();
  private Optional<WorkspaceFiles> files = Optional.empty();
  private volatile Optional<RegistryPrefixImages> prefixes = Optional.empty();

  /** Also read by the thread that runs when the container is stopped. */
  private volatile Optional<BuildRecorder> recorder = Optional.empty();

  private volatile Optional<LatestBuild> latest = Optional.empty();

  /**
   * Creates a session.
   *
   * @param factory opens the cache
   * @param scratch directory for temporary files, which no stage can read
   * @param clock provides the times of records
   */
  CacheSession(CacheStoreFactory factory, Path scratch, InstantSource clock, Log log) {
    this.factory = factory;
    this.scratch = scratch;
    this.clock = clock;
    this.log = log;
  }

  /**
   * Opens the cache of a request.
   *
   * @return the records and blobs; empty if the request has no cache
   * @throws dev.stagewright.protocol.BuildFailedException if a Secret, a certificate or the host
   *     table is malformed
   */
  Optional<CacheStore> open(Clients opener, BuildRequest request) throws IOException {
    if (request.cache().isPresent()) {
      store = Optional.of(factory.open(opener, request, request.cache().get()));
    }
    return store;
  }

  /**
   * Starts to decide which stages run, and to record the build.
   *
   * @param opener opens the registries of base images
   * @param tasks makes decisions in the background
   * @param image uploads of the layers of the image, which have not started
   * @param published finds out where the names of the image point to
   * @throws IOException if the decisions of an earlier container cannot be read
   */
  BuildCache start(
      Clients opener,
      BuildRequest request,
      BuildPlan plan,
      Path workspace,
      TaskScope tasks,
      ImageUploads image,
      PublishedImage published)
      throws IOException, InterruptedException {
    if (store.isEmpty()) {
      image.startBase();
      return BuildCache.NONE;
    }
    var read = new WorkspaceFiles(workspace);
    files = Optional.of(read);
    if (request.cache().orElseThrow().prefixImages()) {
      prefixes =
          Optional.of(
              new RegistryPrefixImages(
                  plan, store.get(), () -> opener.openForReading(request), scratch, log));
    }
    var earlier = new EarlierImage(request, plan, store.get(), published, clock);
    var decisions =
        StageDecisions.create(
            request,
            plan,
            store.get(),
            read,
            workspace,
            new CachedImage(image, earlier, store.get().repository()),
            prefixes.<PrefixImages>map(images -> images).orElse(PrefixImages.NONE),
            log);
    var recording =
        new Recording(
            request.build(),
            plan,
            request.cache().map(CacheRequest::mode).orElseThrow(),
            workspace,
            store.get(),
            decisions.records(read, store.get()),
            image,
            clock);
    var records = new BuildRecorder(recording, Thread::sleep, log);
    recorder = Optional.of(records);
    var keys = new LatestBuild(request, plan, workspace, decisions, records, clock);
    latest = Optional.of(keys);
    var build =
        new RecordedBuild(plan, workspace, tasks, decisions, records, earlier, keys, Thread::sleep);
    build.start();
    return build;
  }

  /**
   * Waits, for a limited time, until everything is recorded that has succeeded; then removes old
   * records.
   */
  void finish() {
    if (recorder.isPresent()) {
      finish(RECORDING, PREFIX_IMAGES);
      maintain();
    }
  }

  private void maintain() {
    try {
      if (store.isPresent()) {
        store.get().maintain(MAINTENANCE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** The same for a container that is being stopped. */
  void finishSoon() {
    finish(LAST_RECORDS, Duration.ZERO);
  }

  private synchronized void finish(Duration limit, Duration forImages) {
    var open = recorder;
    recorder = Optional.empty();
    try {
      if (open.isPresent()) {
        latest.ifPresent(LatestBuild::stopped);
        open.get().finish(limit);
        open.get().close();
      }
      if (prefixes.isPresent()) {
        prefixes.get().finish(forImages);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    recorder.ifPresent(BuildRecorder::close);
    prefixes.ifPresent(RegistryPrefixImages::close);
    store.ifPresent(CacheStore::close);
    try {
      if (files.isPresent()) {
        files.get().close();
      }
    } catch (IOException e) {
      log.print("a file on the workspace cannot be closed: " + e);
    }
  }
}
