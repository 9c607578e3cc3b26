package dev.stagewright.cache.record;

import dev.stagewright.cache.key.StepKey;
import java.util.List;

/**
 * The keys of the latest build of a Dockerfile, to find out what changed since.
 *
 * @param build namespace and name of the ImageBuild
 * @param created when the build ended, in seconds since 1970
 * @param stages stages in the order of the plan
 */
public record LatestRecord(String build, long created, List<Stage> stages) {
  /**
   * A stage.
   *
   * @param name name for users
   * @param base base of the stage, for people
   * @param steps steps whose keys were known
   */
  public record Stage(String name, String base, List<LatestStep> steps) {}

  /**
   * A step.
   *
   * @param instruction text of the instruction
   * @param key what its key was made of
   */
  public record LatestStep(String instruction, StepKey key) {}
}
