package dev.stagewright.worker.cache.record;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.record.StepRecord;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.StagePlan;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * The keys under which the results of a build are recorded, and the records that it continues. Keys
 * are asked for when the step or the stage has ended, so everything that it reads exists.
 * Thread-safe.
 */
public interface RecordSource {
  /**
   * The key of a step.
   *
   * @param step index of the step in {@link StagePlan#steps}
   * @return empty if it cannot be computed, so that the step is not recorded
   */
  Optional<CacheKey> step(StagePlan stage, int step) throws IOException, InterruptedException;

  /**
   * The key of the files that other stages copy from a stage.
   *
   * @return empty if it cannot be computed, so that the files are not recorded
   */
  Optional<CacheKey> files(StagePlan stage) throws IOException, InterruptedException;

  /** The selections of these files that other stages read, see {@code FilesRecord}. */
  Map<String, Digest> selections(StagePlan stage) throws IOException, InterruptedException;

  /**
   * The record of the last known step of a stage, with the layers that the stage continues.
   *
   * @return empty if no step of the stage is known
   */
  Optional<StepRecord> known(StagePlan stage) throws IOException, InterruptedException;
}
