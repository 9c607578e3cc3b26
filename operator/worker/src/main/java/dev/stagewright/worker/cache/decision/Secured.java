package dev.stagewright.worker.cache.decision;

import dev.stagewright.protocol.PrefixImage;
import dev.stagewright.protocol.StageResult;
import java.util.Optional;

/**
 * What was secured for a decision about a stage.
 *
 * @param exports files of a complete stage that other stages copy, if any of them may run
 * @param image image that the Pod of the stage can start from
 * @param hasAllLayers whether all layers of known steps are on the workspace; if not, those in the
 *     image are only in the cache
 */
record Secured(
    Optional<StageResult.Exports> exports, Optional<PrefixImage> image, boolean hasAllLayers) {
  /** Nothing is required on the workspace. */
  static final Secured NOTHING = new Secured(Optional.empty(), Optional.empty(), true);

  /** The number of layers that the image of the Pod has to contain. */
  Optional<Integer> imageLayers() {
    return hasAllLayers ? Optional.empty() : image.map(PrefixImage::layers);
  }

  /** The same for another decision, which does not need the layers. */
  Secured withoutImage() {
    return new Secured(exports, Optional.empty(), true);
  }
}
