package dev.stagewright.worker.publish;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.registry.concurrent.ParallelTasks;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.worker.registries.RegistryFailures;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Uploads layers in the background, each as soon as it exists, to all repositories. Thread-safe.
 *
 * <p>Hours can pass between the upload of the first layer and the manifest, in which a registry may
 * remove blobs that no manifest refers to. Layers that were uploaded long before are therefore
 * looked for again.
 */
final class LayerUploads {
  private static final int PARALLEL = 4;
  private static final Duration FRESH = Duration.ofMinutes(2);

  private final TaskScope tasks;
  private final CompletableFuture<?> check;
  private final BlobUploads uploads;
  private final InstantSource clock;
  private final Semaphore slots = new Semaphore(PARALLEL);
  private final Map<Digest, CompletableFuture<Instant>> started = new HashMap<>();

  /**
   * Creates the uploads of an image.
   *
   * @param tasks runs the uploads
   * @param check the check of the destinations, which may create a project; uploads start after it
   */
  LayerUploads(
      TaskScope tasks, CompletableFuture<?> check, BlobUploads uploads, InstantSource clock) {
    this.tasks = tasks;
    this.check = check;
    this.uploads = uploads;
    this.clock = clock;
  }

  /**
   * Waits for the check of the destinations.
   *
   * @throws BuildFailedException if a registry would reject the image, or cannot be reached
   */
  void awaitCheck() throws IOException, InterruptedException {
    var _ = tasks.await(check);
  }

  /** Starts the uploads of layers, each once. */
  synchronized void start(List<LayerSource> layers) {
    for (var layer : layers) {
      var _ = started.computeIfAbsent(layer.blob().digest(), _ -> startUpload(layer));
    }
  }

  /**
   * Brings layers of the cache into all repositories.
   *
   * @throws IOException if that is not possible, which does not end the build
   */
  void ensure(List<LayerSource> layers) throws IOException, InterruptedException {
    var missing = layers.stream().filter(layer -> !isFresh(layer)).toList();
    if (missing.isEmpty()) {
      return;
    }
    awaitCheck();
    var _ =
        new ParallelTasks(PARALLEL)
            .run(missing.stream().<Callable<Instant>>map(layer -> () -> ensure(layer)).toList());
  }

  private synchronized boolean isFresh(LayerSource layer) {
    return Optional.ofNullable(started.get(layer.blob().digest()))
        .filter(upload -> upload.state() == Future.State.SUCCESS)
        .filter(upload -> isFresh(upload.resultNow()))
        .isPresent();
  }

  private boolean isFresh(Instant asked) {
    return !asked.plus(FRESH).isBefore(clock.instant());
  }

  /** All repositories have these layers now. */
  synchronized void found(List<LayerSource> layers) {
    var found = CompletableFuture.completedFuture(clock.instant());
    layers.forEach(layer -> started.put(layer.blob().digest(), found));
  }

  private Instant ensure(LayerSource layer) throws RegistryException, InterruptedException {
    var asked = upload(() -> uploads.ensure(layer, false));
    synchronized (this) {
      started.put(layer.blob().digest(), CompletableFuture.completedFuture(asked));
    }
    return asked;
  }

  /**
   * Waits until a layer is in all repositories; starts its upload if nobody has.
   *
   * @throws BuildFailedException as for {@link #complete}, also if anything else in the scope fails
   */
  void await(LayerSource layer) throws IOException, InterruptedException {
    var _ = tasks.await(upload(layer));
  }

  /** Waits until no upload is running, whether it succeeds or not. */
  void awaitIdle() throws InterruptedException {
    for (var running = running(); !running.isEmpty(); running = running()) {
      for (var upload : running) {
        try {
          var _ = upload.get();
        } catch (ExecutionException | CancellationException _) {
          // Whoever needs the layer learns why.
        }
      }
    }
  }

  private synchronized List<CompletableFuture<Instant>> running() {
    return started.values().stream().filter(upload -> !upload.isDone()).toList();
  }

  /**
   * Waits until all layers of an image, and its config, are in all repositories.
   *
   * @throws BuildFailedException if a registry rejects a blob, or cannot be reached
   */
  void complete(AssembledImage image) throws IOException, InterruptedException {
    start(image.layers());
    var last = new ArrayList<CompletableFuture<Instant>>();
    last.add(startUpload(() -> uploads.ensureConfig(image)));
    for (var layer : image.layers()) {
      if (!isFresh(tasks.await(upload(layer)))) {
        last.add(startUpload(() -> uploads.ensure(layer, true)));
      }
    }
    for (var upload : last) {
      var _ = tasks.await(upload);
    }
  }

  private synchronized CompletableFuture<Instant> upload(LayerSource layer) {
    return started.computeIfAbsent(layer.blob().digest(), _ -> startUpload(layer));
  }

  private CompletableFuture<Instant> startUpload(LayerSource layer) {
    return startUpload(() -> uploads.ensure(layer, false));
  }

  /** Brings a blob into all repositories. */
  @FunctionalInterface
  private interface Upload {
    void run() throws RegistryException;
  }

  /** Starts an upload; its result is the time before the registries were asked for the blob. */
  private CompletableFuture<Instant> startUpload(Upload upload) {
    return tasks.start(() -> {
      var _ = tasks.await(check);
      try {
        return upload(upload);
      } catch (RegistryException e) {
        throw RegistryFailures.ofPush(e);
      }
    });
  }

  private Instant upload(Upload upload) throws RegistryException, InterruptedException {
    slots.acquire();
    try {
      var asked = clock.instant();
      upload.run();
      return asked;
    } finally {
      slots.release();
    }
  }
}
