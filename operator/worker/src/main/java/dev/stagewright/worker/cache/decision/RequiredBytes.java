package dev.stagewright.worker.cache.decision;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import java.util.Map;

/**
 * Finds out where the layers and files of known steps are required.
 *
 * @param plan plan of the build
 * @param decisions decisions by the id of the stage
 */
record RequiredBytes(BuildPlan plan, Map<String, Decision> decisions) {

  /**
   * Whether the layers are required on the workspace: for the other steps of the stage, or for a
   * stage that is based on it.
   */
  boolean layersOnWorkspace(StagePlan stage) {
    if (!isComplete(stage)) {
      return true;
    }
    return plan.stages().stream()
        .filter(other -> other.base().equals(new StageBase.Stage(stage.id())))
        .anyMatch(this::layersOnWorkspace);
  }

  /** Whether the layers are required in the repositories of the image before the stage ends. */
  boolean layersInImage(StagePlan stage) {
    return isComplete(stage) && plan.chain().contains(stage);
  }

  /** Whether the files are required on the workspace, for a step that runs, or may run. */
  boolean filesOnWorkspace(StagePlan stage) {
    return isComplete(stage)
        && plan.stages().stream()
            .filter(other -> !isComplete(other))
            .anyMatch(other ->
                other.steps().stream()
                    .skip(decision(other).known().count())
                    .anyMatch(step -> StageReads.all(step).contains(stage.id())));
  }

  private boolean isComplete(StagePlan stage) {
    return decision(stage) instanceof Decision.Complete;
  }

  private Decision decision(StagePlan stage) {
    var decision = decisions.get(stage.id());
    if (decision == null) {
      throw new IllegalArgumentException("no decision about stage " + stage.id());
    }
    return decision;
  }
}
