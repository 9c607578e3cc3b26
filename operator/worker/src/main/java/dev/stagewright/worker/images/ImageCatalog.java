package dev.stagewright.worker.images;

import dev.stagewright.protocol.BuildFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The images of a build, looked up all at once, each once. Not for use by several threads. */
public final class ImageCatalog implements AutoCloseable {
  private final ImageLookup lookup;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Future<ImageInfo>> images = new LinkedHashMap<>();

  /** A catalog that knows nothing yet; it closes the lookup with itself. */
  public ImageCatalog(ImageLookup lookup) {
    this.lookup = lookup;
  }

  /** Starts looking up what is not known, without waiting for it. */
  public void prefetch(Collection<ImageUse> uses) {
    for (var use : uses) {
      images.computeIfAbsent(use.name(), _ -> threads.submit(() -> lookup.find(use)));
    }
  }

  /**
   * What is known of an image, once that is known; looked up if it was not before.
   *
   * @throws BuildFailedException as {@link ImageLookup#find}
   */
  public ImageInfo get(ImageUse use) {
    try {
      return images.computeIfAbsent(use.name(), _ -> threads.submit(() -> lookup.find(use))).get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException unchecked -> throw unchecked;
        case IOException io -> throw new UncheckedIOException(io);
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Gives up what is still being looked up. */
  @Override
  public void close() {
    threads.shutdownNow();
    lookup.close();
  }
}
