package dev.stagewright.worker.cache.record;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.CacheRequest;
import dev.stagewright.protocol.StagePlan;

/**
 * The steps of a build whose results are recorded.
 *
 * @param plan plan of the build
 * @param mode which steps are recorded
 */
public record RecordedSteps(BuildPlan plan, CacheRequest.Mode mode) {

  /** Whether a step of a stage is recorded if it has a layer. */
  public boolean includes(StagePlan stage, int step) {
    return switch (mode) {
      case MAX -> true;
      case MIN ->
          plan.chain().contains(stage)
              && stage.members().stream()
                  .anyMatch(member -> member.firstStep() + member.steps() == step + 1);
    };
  }
}
