package dev.stagewright.worker.stages;

import dev.stagewright.layers.tar.MalformedTarException;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.stage.base.BaseImages;
import dev.stagewright.stage.base.BaseTooLargeException;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.worker.registries.RegistryFailures;
import java.io.IOException;

/**
 * Explains errors of base images.
 *
 * @param images unpacks images from registries
 */
record RegistryBases(BaseImages images) implements BaseImages {
  private static final String USE_A_POD = "; set spec.execution: podPerStage to run it in a Pod";

  @Override
  public boolean provide(StageBase.Image image, RootFileSystem files) throws IOException {
    try {
      return images.provide(image, files);
    } catch (RegistryException e) {
      throw failure(RegistryFailures.ofPull(e.kind()), image, "cannot be pulled: ", "", e);
    } catch (BaseTooLargeException | MalformedTarException e) {
      throw failure(
          FailureReason.Unsupported, image, "cannot be unpacked in the worker: ", USE_A_POD, e);
    }
  }

  private static BaseImageException failure(
      FailureReason reason, StageBase.Image image, String problem, String hint, IOException cause) {
    return new BaseImageException(
        reason, "base image " + image.name() + " " + problem + cause.getMessage() + hint, cause);
  }
}
