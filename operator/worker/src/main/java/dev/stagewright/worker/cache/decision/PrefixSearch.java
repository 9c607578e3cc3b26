package dev.stagewright.worker.cache.decision;

import dev.stagewright.cache.key.StageKeys;
import dev.stagewright.cache.key.StepKey;
import dev.stagewright.protocol.PrefixImage;
import dev.stagewright.protocol.StagePlan;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the images that Pods of stages can start from, or has them made for later builds.
 *
 * @param keys keys of the steps
 * @param images images of known steps
 */
record PrefixSearch(StageKeyFinder keys, PrefixImages images) {

  /**
   * Finds the image for a stage.
   *
   * @param others decisions about all stages, by the id of the stage
   */
  Optional<PrefixImage> find(StagePlan stage, Decision decision, Map<String, Decision> others)
      throws InterruptedException {
    var known = known(stage, decision, others);
    return known.isPresent() ? images.find(known.get()) : Optional.empty();
  }

  /** Has the image made that a stage could not start from. */
  void make(StagePlan stage, Decision decision, Map<String, Decision> others) {
    known(stage, decision, others).ifPresent(images::make);
  }

  private Optional<PrefixImages.Known> known(
      StagePlan stage, Decision decision, Map<String, Decision> others) {
    return keys.find(stage, Decision.recordedFiles(others))
        .flatMap(found -> known(stage, decision, found));
  }

  /** What an image for the Pod of a stage would contain; empty if it needs none. */
  private static Optional<PrefixImages.Known> known(
      StagePlan stage, Decision decision, StageKeys keys) {
    var count = decision.known().count();
    if (!(decision instanceof Decision.Run) || count == 0 || stage.runsInWorker()) {
      return Optional.empty();
    }
    return Optional.of(
        new PrefixImages.Known(
            stage,
            decision.known().all(),
            keys.steps().stream().limit(count).map(StepKey::key).toList()));
  }
}
