package dev.stagewright.worker.cache.record;

import dev.stagewright.layers.io.UntrustedFile;
import dev.stagewright.layers.io.VerifiedInputStream;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.http.Content;
import dev.stagewright.worker.cache.store.CacheStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;

/**
 * Brings blobs of the workspace into the repository of the cache, each once. Few are transferred at
 * the same time: the stages and the image need the network, too. Thread-safe.
 */
final class CacheBlobs {
  private static final int PARALLEL = 2;

  private final CacheStore store;
  private final RecordingTotals totals;
  private final Semaphore slots = new Semaphore(PARALLEL);
  private final Map<Digest, CompletableFuture<Boolean>> started = new ConcurrentHashMap<>();

  CacheBlobs(CacheStore store, RecordingTotals totals) {
    this.store = store;
    this.totals = totals;
  }

  /** Finds images to mount a blob from, or waits until it may be uploaded. */
  @FunctionalInterface
  interface Preparation {
    List<ImageReference> mountableFrom() throws IOException, InterruptedException;
  }

  /**
   * Brings a blob into the repository, if this was not done before; another thread may do it. What
   * has failed is tried again by the next step that needs the blob.
   *
   * @throws IOException if the blob cannot be read or written
   */
  void ensure(Descriptor blob, Path file, Preparation preparation)
      throws IOException, InterruptedException {
    var own = new CompletableFuture<Boolean>();
    var other = Optional.ofNullable(started.putIfAbsent(blob.digest(), own));
    if (other.isPresent()) {
      await(other.get());
      return;
    }
    try {
      transfer(blob, file, preparation.mountableFrom());
      own.complete(true);
    } catch (IOException | InterruptedException | RuntimeException e) {
      started.remove(blob.digest(), own);
      own.completeExceptionally(e);
      throw e;
    }
  }

  private void transfer(Descriptor blob, Path file, List<ImageReference> mountableFrom)
      throws IOException, InterruptedException {
    slots.acquire();
    try {
      var content =
          Content.of(
              blob.size(), () -> new VerifiedInputStream(new UntrustedFile(file).in(), blob));
      totals.addBlob(store.ensure(blob, mountableFrom, content), blob.size());
    } finally {
      slots.release();
    }
  }

  private static void await(CompletableFuture<Boolean> transfer)
      throws IOException, InterruptedException {
    try {
      var _ = transfer.get();
    } catch (ExecutionException e) {
      var cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new IOException(String.valueOf(cause.getMessage()), e);
    }
  }
}
