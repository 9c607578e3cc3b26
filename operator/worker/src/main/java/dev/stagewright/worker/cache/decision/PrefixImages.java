package dev.stagewright.worker.cache.decision;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.protocol.PrefixImage;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import java.util.List;
import java.util.Optional;

/** The images that stages with known steps can start from. */
public interface PrefixImages {
  /** No stage has such an image. */
  PrefixImages NONE =
      new PrefixImages() {
        @Override
        public Optional<PrefixImage> find(Known known) {
          return Optional.empty();
        }

        @Override
        public void make(Known known) {}
      };

  /**
   * The known steps of a stage that runs.
   *
   * @param stage the stage
   * @param layers layers of the known steps, from the base image on
   * @param keys keys of the known steps of the stage, at least one
   */
  record Known(StagePlan stage, List<StageResult.Layer> layers, List<CacheKey> keys) {
    /** Copies the lists. */
    public Known {
      layers = List.copyOf(layers);
      keys = List.copyOf(keys);
    }

    /** The key of the last known step. */
    public CacheKey last() {
      return keys.getLast();
    }
  }

  /** The image for these steps, if an earlier build has made it. */
  Optional<PrefixImage> find(Known known) throws InterruptedException;

  /** Starts to make the image for these steps, for later builds. */
  void make(Known known);
}
