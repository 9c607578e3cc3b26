package dev.stagewright.worker.publish;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out how large the largest stage is: what the image would weigh without a last stage that
 * has only what it needs.
 *
 * @param plan the plan of the build
 * @param results the results of all stages, by ID
 */
record LargestStage(BuildPlan plan, Map<String, StageResult> results) {

  /** The sum of its compressed layers in bytes; empty if the plan has only one stage. */
  Optional<Long> size() {
    return plan.stages().size() < 2
        ? Optional.empty()
        : plan.stages().stream().map(this::size).max(Long::compare);
  }

  private long size(StagePlan stage) {
    var own =
        Optional.ofNullable(results.get(stage.id())).stream()
            .flatMap(result -> result.layers().stream())
            .mapToLong(layer -> layer.blob().size())
            .sum();
    return own
        + switch (stage.base()) {
          case StageBase.Image image ->
              image.layers().stream().mapToLong(layer -> layer.blob().size()).sum();
          case StageBase.Stage(var parent) -> size(plan.stage(parent));
          case StageBase.Scratch() -> 0;
        };
  }
}
