package dev.stagewright.stage.base;

import dev.stagewright.protocol.StageBase;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;

/** Provides the files of base images. */
@FunctionalInterface
public interface BaseImages {
  /** The root of a container already has the files of the image. */
  BaseImages OF_CONTAINER = (_, _) -> false;

  /**
   * Provides the files of an image in the root of a stage.
   *
   * @return whether it created files
   */
  boolean provide(StageBase.Image image, RootFileSystem files) throws IOException;
}
