package dev.stagewright.worker.analysis;

import dev.stagewright.analysis.layer.LayerContent;
import dev.stagewright.layers.Decompression;
import dev.stagewright.layers.oci.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Reads the contents of layers in the background, each once. New layers are read at once; those
 * that others have made wait a moment, since nothing has to be read for an image that is known.
 * Thread-safe.
 */
public final class LayerQueue implements AutoCloseable {
  private static final Duration MOMENT = Duration.ofSeconds(2);

  /** Smaller layers are read as fast as their records. */
  private static final long WORTH_A_RECORD = 1024 * 1024;

  private final LayerFormat format;
  private final LayerRecords records;
  private final Map<Digest, CompletableFuture<LayerContent>> contents = new HashMap<>();
  private final CountDownLatch needed = new CountDownLatch(1);
  private final ExecutorService newLayers = thread("new-layers");
  private final ExecutorService oldLayers = thread("old-layers");
  private final ExecutorService recording = thread("layer-records");

  /**
   * Creates a reader.
   *
   * @param records contents of layers that earlier builds have read
   */
  public LayerQueue(LayerFormat format, LayerRecords records) {
    this.format = format;
    this.records = records;
    oldLayers.execute(this::awaitNeed);
  }

  private static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
  }

  private void awaitNeed() {
    try {
      var _ = needed.await(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts to read a layer that this build has made. */
  public void startNew(LayerInput layer) {
    start(layer, newLayers, false);
  }

  /** Starts to read a layer that may be known: one of the base image, or of a known step. */
  public void startOld(LayerInput layer) {
    start(layer, oldLayers, true);
  }

  /** Does not wait any more with layers that may be known. */
  public void readAll() {
    needed.countDown();
  }

  private synchronized void start(LayerInput layer, ExecutorService thread, boolean mayBeKnown) {
    var content = new CompletableFuture<LayerContent>();
    if (!thread.isShutdown() && contents.putIfAbsent(layer.diffId(), content) == null) {
      thread.execute(() -> read(layer, content, mayBeKnown));
    }
  }

  private void read(LayerInput layer, CompletableFuture<LayerContent> content, boolean mayBeKnown) {
    try {
      var isLarge = layer.size() >= WORTH_A_RECORD;
      var known =
          mayBeKnown && isLarge ? records.find(layer.diffId()) : Optional.<LayerContent>empty();
      var found = known.isPresent() ? known.get() : read(layer);
      if (isLarge && known.isEmpty()) {
        record(() -> records.put(layer.diffId(), found));
      }
      content.complete(found);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      content.completeExceptionally(new IOException("interrupted"));
    } catch (Exception e) {
      // Whoever awaits the layer learns why.
      content.completeExceptionally(e);
    }
  }

  private LayerContent read(LayerInput layer) throws IOException {
    try (var blob = layer.source().open();
        var tar = Decompression.of(blob)) {
      var content = format.read(tar);
      // The digest is verified at the end.
      tar.transferTo(OutputStream.nullOutputStream());
      blob.transferTo(OutputStream.nullOutputStream());
      return content;
    }
  }

  /**
   * Waits for the content of a layer that was started.
   *
   * @throws IOException if the layer cannot be read
   */
  public LayerContent await(LayerInput layer) throws IOException, InterruptedException {
    readAll();
    try {
      return started(layer).get();
    } catch (ExecutionException e) {
      var cause = Objects.requireNonNullElse(e.getCause(), e);
      throw cause instanceof IOException io ? io : new IOException(cause.toString(), cause);
    }
  }

  private synchronized CompletableFuture<LayerContent> started(LayerInput layer) {
    return Optional.ofNullable(contents.get(layer.diffId()))
        .orElseThrow(() -> new IllegalStateException(layer.name() + " was not started"));
  }

  /** Records something in the background. */
  public void record(Runnable task) {
    try {
      recording.execute(task);
    } catch (RejectedExecutionException _) {
      // The container is about to end; the next build records it.
    }
  }

  /** Waits, for a limited time, until everything is recorded that was read. */
  public void finish(Duration limit) throws InterruptedException {
    newLayers.shutdownNow();
    oldLayers.shutdownNow();
    recording.shutdown();
    var _ = recording.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Stops reading. */
  @Override
  public void close() {
    newLayers.shutdownNow();
    oldLayers.shutdownNow();
    recording.shutdownNow();
  }
}
