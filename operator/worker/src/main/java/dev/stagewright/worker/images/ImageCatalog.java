package dev.stagewright.worker.images;

import dev.stagewright.dockerfile.eval.RequiredImage;
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

/** Looks up the images of a build in parallel, each image once. Not thread-safe. */
public final class ImageCatalog implements AutoCloseable {
  private final ImageLookup lookup;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Future<ImageInfo>> images = new LinkedHashMap<>();

  /** An empty catalog; closing the catalog closes the lookup. */
  public ImageCatalog(ImageLookup lookup) {
    this.lookup = lookup;
  }

  /** Starts the lookup of images, without waiting for the results. */
  public void prefetch(Collection<RequiredImage> required) {
    for (var image : required) {
      images.computeIfAbsent(image.name(), _ -> threads.submit(() -> lookup.find(image)));
    }
  }

  /**
   * Returns an image; waits for the lookup, and starts it if necessary.
   *
   * @throws BuildFailedException as {@link ImageLookup#find}
   */
  public ImageInfo get(RequiredImage image) {
    try {
      return images
          .computeIfAbsent(image.name(), _ -> threads.submit(() -> lookup.find(image)))
          .get();
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

  /** Cancels the lookups that are not done. */
  @Override
  public void close() {
    threads.shutdownNow();
    lookup.close();
  }
}
