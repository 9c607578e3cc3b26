package dev.stagewright.worker.cache.decision;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.record.LatestRecord;
import dev.stagewright.protocol.Step;
import java.util.Optional;

/**
 * The keys of the latest build of the Dockerfile.
 *
 * @param latest record of the build, if there is one
 */
record LatestKeys(Optional<LatestRecord> latest) {

  /**
   * Whether the latest build has run this instruction on the same files of its stage, so that its
   * result is known if the files that it copies are the same again.
   *
   * @param parent key of the step before
   */
  boolean contains(Step step, CacheKey parent) {
    var instruction = step.position().instruction();
    return latest.stream()
        .flatMap(build -> build.stages().stream())
        .flatMap(stage -> stage.steps().stream())
        .filter(LatestRecord.LatestStep::isCompleted)
        .anyMatch(other ->
            other.key().parent().equals(parent) && other.instruction().equals(instruction));
  }
}
