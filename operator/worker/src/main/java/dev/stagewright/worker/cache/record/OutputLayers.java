package dev.stagewright.worker.cache.record;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import java.io.IOException;
import java.util.List;

/** The uploads of the image, which precede those of the cache. Thread-safe. */
public interface OutputLayers {
  /**
   * Waits until a layer of the image is in all repositories of the output. Its upload starts now if
   * it has not started before.
   *
   * @return images that the layer can be mounted from
   * @throws IOException if the layer cannot be uploaded
   */
  List<ImageReference> await(StagePlan stage, StageResult.Layer layer)
      throws IOException, InterruptedException;

  /** Waits until no layer of the image is being uploaded. */
  void awaitIdle() throws InterruptedException;
}
