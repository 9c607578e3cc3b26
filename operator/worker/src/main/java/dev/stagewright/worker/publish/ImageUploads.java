package dev.stagewright.worker.publish;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.worker.cache.record.OutputLayers;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The uploads of the image. A layer of the image is uploaded when its step has ended, before its
 * stage has; those of the cache follow.
 *
 * @param uploads uploads of layers
 * @param layers layers of the image
 * @param repositories repositories of the image, each as one of its references
 */
record ImageUploads(LayerUploads uploads, ImageLayers layers, List<ImageReference> repositories)
    implements OutputLayers {

  /** Starts the uploads of the layers of the base image. */
  void startBase() {
    uploads.start(layers.ofBase());
  }

  /** Starts the uploads of the layers of a stage, if they are part of the image. */
  void start(StagePlan stage, List<StageResult.Layer> results) {
    uploads.start(layers.of(stage, results));
  }

  /**
   * Brings layers of the cache into all repositories, if they are part of the image.
   *
   * @throws IOException if that is not possible, which does not end the build
   */
  void ensure(StagePlan stage, List<StageResult.Layer> results)
      throws IOException, InterruptedException {
    uploads.ensure(layers.of(stage, results));
  }

  /** All repositories have this image, and so its layers. */
  void found(AssembledImage image) {
    uploads.found(image.layers());
  }

  @Override
  public List<ImageReference> await(StagePlan stage, StageResult.Layer layer)
      throws IOException, InterruptedException {
    try {
      var only = new StageResult(stage.id(), List.of(layer), Optional.empty());
      for (var source : layers.of(stage, only)) {
        uploads.await(source);
      }
      return repositories;
    } catch (BuildFailedException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void awaitIdle() throws InterruptedException {
    uploads.awaitIdle();
  }
}
