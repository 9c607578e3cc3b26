package dev.stagewright.worker.cache.record;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.CacheRequest;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.worker.cache.store.CacheStore;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What a build records, and where.
 *
 * @param build namespace and name of the ImageBuild
 * @param plan plan of the build
 * @param mode which steps are recorded
 * @param workspace root of the workspace
 * @param store records and blobs
 * @param source keys of the records, and the records that the build continues
 * @param output uploads of the image
 * @param clock provides the times of the steps
 */
public record Recording(
    String build,
    BuildPlan plan,
    CacheRequest.Mode mode,
    Path workspace,
    CacheStore store,
    RecordSource source,
    OutputLayers output,
    InstantSource clock) {

  /** Whether the layers of a stage are layers of the image. */
  boolean isOfImage(StagePlan stage) {
    return plan.chain().contains(stage);
  }

  /** Whether a step of a stage is recorded. */
  boolean includes(StagePlan stage, int step) {
    return new RecordedSteps(plan, mode).includes(stage, step);
  }

  /** The current time in seconds since 1970. */
  long now() {
    return clock.instant().getEpochSecond();
  }
}
