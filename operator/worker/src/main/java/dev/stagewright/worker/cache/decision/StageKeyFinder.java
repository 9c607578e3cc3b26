package dev.stagewright.worker.cache.decision;

import dev.stagewright.cache.key.StageKeys;
import dev.stagewright.cache.record.FilesRecord;
import dev.stagewright.protocol.StagePlan;
import java.util.Map;
import java.util.Optional;

/** Finds the keys of stages. */
@FunctionalInterface
interface StageKeyFinder {
  /**
   * Finds the keys of the first steps of a stage.
   *
   * @param recorded files of stages that do not run, by the id of the stage
   * @return empty if the key of its base is not known
   */
  Optional<StageKeys> find(StagePlan stage, Map<String, FilesRecord> recorded);
}
