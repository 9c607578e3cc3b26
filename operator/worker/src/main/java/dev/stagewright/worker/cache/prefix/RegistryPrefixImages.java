package dev.stagewright.worker.cache.prefix;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.record.PrefixRecord;
import dev.stagewright.layers.Compression;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.PrefixImage;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.concurrent.ParallelTasks;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.cache.decision.PrefixImages;
import dev.stagewright.worker.cache.store.CacheStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Prefix images in the repository of the cache. A build does not wait for the image that it makes:
 * its stages lay the layers, which takes less time than to write, push and pull them. Thread-safe.
 */
public final class RegistryPrefixImages implements PrefixImages, AutoCloseable {
  /**
   * Nobody but the nodes of the cluster pulls these layers, and they are written while a build
   * runs.
   */
  private static final Compression FAST = new Compression.Gzip(1);

  private static final int PARALLEL = 8;

  private final PrefixRules rules;
  private final CacheStore store;
  private final BaseClients bases;
  private final Path scratch;
  private final Compression compression;
  private final Log log;
  private final Set<CacheKey> started = new HashSet<>();
  private volatile boolean isClosed;

  /** One image at a time: stages and the image of the build need the processors, too. */
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("prefix-images").factory());

  /** Opens clients that read base images. */
  @FunctionalInterface
  public interface BaseClients {
    /** Opens a client, which the caller closes. */
    RegistryClient open() throws IOException;
  }

  /**
   * Creates the images of a build.
   *
   * @param bases opens clients for base images
   * @param scratch directory for temporary files, which no stage can read
   */
  public RegistryPrefixImages(
      BuildPlan plan, CacheStore store, BaseClients bases, Path scratch, Log log) {
    this.rules = new PrefixRules(plan);
    this.store = store;
    this.bases = bases;
    this.scratch = scratch;
    this.compression =
        switch (plan.layers().compression()) {
          case GZIP -> FAST;
          case ZSTD -> Compression.ZSTD;
        };
    this.log = log;
  }

  @Override
  public Optional<PrefixImage> find(Known known) throws InterruptedException {
    if (rules.base(known.stage()).isEmpty() || !PrefixRules.areWorthwhile(known.layers())) {
      return Optional.empty();
    }
    var image = read(known);
    // Another build may have deleted an image that nobody has used for a long time.
    return image.isPresent() && store.markUsed(known.last()) ? read(known) : image;
  }

  private Optional<PrefixImage> read(Known known) throws InterruptedException {
    var manifest = store.prefixImage(known.last());
    var record = manifest.flatMap(bytes -> PrefixRecord.read(bytes, known.layers()));
    return record.isPresent() && isComplete(manifest.orElseThrow())
        ? Optional.of(
            new PrefixImage(
                store.repository().pinned(Digest.of(manifest.orElseThrow())),
                record.get().layers().size()))
        : Optional.empty();
  }

  /** A stage relies on the image, so its blobs must exist. */
  private boolean isComplete(byte[] bytes) throws InterruptedException {
    try {
      var manifest = Manifest.parse(bytes);
      var tasks =
          Stream.concat(Stream.of(manifest.config()), manifest.layers().stream())
              .<Callable<Boolean>>map(blob -> () -> store.exists(blob))
              .toList();
      return new ParallelTasks(PARALLEL).run(tasks).stream().allMatch(exists -> exists);
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public synchronized void make(Known known) {
    var base = rules.base(known.stage());
    if (base.isPresent()
        && store.isWritable()
        && PrefixRules.areWorthwhile(known.layers())
        && PrefixRules.isCopied(base.get(), store.repository().registry())
        && !thread.isShutdown()
        && started.add(known.last())) {
      thread.execute(() -> write(known, base.get()));
    }
  }

  private void write(Known known, StageBase.Image base) {
    try (var client = bases.open()) {
      var folder = Files.createTempDirectory(scratch, "prefix-");
      try {
        var count =
            new PrefixImageWriter(store, folder, compression)
                .write(known, new BaseImage(base, client));
        if (count > 0) {
          log.print(
              "[%s] the next build can start from an image with the layers of %d steps"
                  .formatted(known.stage().name(), count));
        }
      } finally {
        Files.delete(folder);
      }
    } catch (IOException | RuntimeException e) {
      // The store has already said why it is not writable any more.
      if (store.isWritable() && !isClosed) {
        log.print(
            "[%s] no image of known steps: %s".formatted(known.stage().name(), e.getMessage()));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits, for a limited time, for the images that are being made. */
  public void finish(Duration limit) throws InterruptedException {
    thread.shutdown();
    var _ = thread.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Interrupts what is not finished. */
  @Override
  public void close() {
    isClosed = true;
    thread.shutdownNow();
  }
}
