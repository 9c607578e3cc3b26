package dev.stagewright.worker.images;

import dev.stagewright.protocol.BuildFailedException;
import java.io.IOException;

/** Asks registries for images. Used by several threads at once. */
@FunctionalInterface
public interface ImageLookup extends AutoCloseable {
  /**
   * Finds an image.
   *
   * @throws BuildFailedException if it does not exist, is refused, or its registry is unreachable
   */
  ImageInfo find(ImageUse use) throws IOException, InterruptedException;

  /** Gives back what it holds. */
  @Override
  default void close() {}
}
