package dev.stagewright.worker.images;

import dev.stagewright.dockerfile.eval.RequiredImage;
import dev.stagewright.protocol.BuildFailedException;
import java.io.IOException;

/** Looks up images in registries. Thread-safe. */
@FunctionalInterface
public interface ImageLookup extends AutoCloseable {
  /**
   * Looks up an image.
   *
   * @throws BuildFailedException if the image does not exist, the registry denies access, or the
   *     registry is unavailable
   */
  ImageInfo find(RequiredImage image) throws IOException, InterruptedException;

  /** Releases resources. */
  @Override
  default void close() {}
}
