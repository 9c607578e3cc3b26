package dev.stagewright.cache.record;

import dev.stagewright.cache.key.StageKeys;
import dev.stagewright.cache.key.StepKey;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The keys of the latest build of a Dockerfile, to find out what changed since. The build may have
 * failed: a stage that it did not reach is that of the build before.
 *
 * @param build namespace and name of the ImageBuild
 * @param created when the build ended, in seconds since 1970
 * @param stages stages in the order of the plan
 */
public record LatestRecord(String build, long created, List<Stage> stages) {
  /** Copies the list. */
  public LatestRecord {
    stages = List.copyOf(stages);
  }

  /**
   * A stage.
   *
   * @param name name for users
   * @param base base of the stage, for people
   * @param steps steps whose keys were known
   */
  public record Stage(String name, String base, List<LatestStep> steps) {
    /** Copies the list. */
    public Stage {
      steps = List.copyOf(steps);
    }

    /** A stage with these keys, whose steps all have results. */
    public static Stage of(BuildPlan plan, StagePlan stage, StageKeys keys) {
      return of(plan, stage, keys, stage.steps().size());
    }

    /**
     * A stage with these keys.
     *
     * @param completed number of first steps that have results
     */
    public static Stage of(BuildPlan plan, StagePlan stage, StageKeys keys, int completed) {
      return new Stage(
          stage.name(),
          base(plan, stage),
          IntStream.range(0, keys.steps().size())
              .mapToObj(i ->
                  new LatestStep(
                      stage.steps().get(i).position().instruction(),
                      keys.steps().get(i),
                      i < completed))
              .toList());
    }

    /** This stage with the later steps of another build, whose keys are not known in this one. */
    public Stage with(Stage before) {
      return new Stage(
          name,
          base,
          Stream.concat(steps.stream(), before.steps.stream().skip(steps.size())).toList());
    }

    /** The first steps that have results. */
    public List<LatestStep> completedSteps() {
      return steps.stream().takeWhile(LatestStep::isCompleted).toList();
    }

    /**
     * The base of a stage as in {@link #base()}: the name of a stage, or that of an image with its
     * digest.
     */
    public static String base(BuildPlan plan, StagePlan stage) {
      return switch (stage.base()) {
        case StageBase.Scratch _ -> "scratch";
        case StageBase.Stage(var parent) -> plan.stage(parent).name();
        case StageBase.Image image ->
            image.name().contains("@")
                ? image.name()
                : image.name() + image.pinned().digest().map(digest -> "@" + digest).orElse("");
      };
    }
  }

  /**
   * A step.
   *
   * @param instruction text of the instruction
   * @param key what its key was made of
   * @param isCompleted whether it has a result; if not, it has failed or was not reached
   */
  public record LatestStep(String instruction, StepKey key, boolean isCompleted) {}
}
