package dev.stagewright.worker.publish;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.worker.cache.decision.ImageRepositories;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * The repositories of the image, for decisions about its stages.
 *
 * @param uploads uploads of layers
 * @param earlier the image of an earlier build
 * @param cache repository of the cache
 */
record CachedImage(ImageUploads uploads, EarlierImage earlier, ImageReference cache)
    implements ImageRepositories {
  @Override
  public boolean find(CacheKey last, Map<String, List<StageResult.Layer>> layers)
      throws IOException, InterruptedException {
    var image = earlier.find(last, layers);
    image.ifPresent(uploads::found);
    return image.isPresent();
  }

  @Override
  public void startBase() {
    uploads.startBase();
  }

  @Override
  public boolean canMount() {
    return uploads.repositories().stream()
        .allMatch(repository -> repository.registry().equals(cache.registry()));
  }

  @Override
  public void ensure(StagePlan stage, List<StageResult.Layer> layers)
      throws IOException, InterruptedException {
    uploads.ensure(stage, layers);
  }

  @Override
  public void start(StagePlan stage, List<StageResult.Layer> layers) {
    uploads.start(stage, layers);
  }
}
