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
 * The uploads of the image, for those of the cache. A layer of the image is uploaded when its step
 * has ended, before its stage has.
 *
 * @param uploads uploads of layers
 * @param layers layers of the image
 * @param repositories repositories of the image, each as one of its references
 */
record ImageUploads(LayerUploads uploads, ImageLayers layers, List<ImageReference> repositories)
    implements OutputLayers {

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
