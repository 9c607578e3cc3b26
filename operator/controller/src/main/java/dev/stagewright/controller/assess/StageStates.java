package dev.stagewright.controller.decide;

import dev.stagewright.controller.decide.TaskState.Done;
import dev.stagewright.controller.decide.TaskState.Failed;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The stages of a plan and how far each is.
 *
 * @param states by stage id, in the order of the plan
 */
record StageStates(BuildPlan plan, Map<String, TaskState> states) {

  static StageStates of(BuildPlan plan, TaskStateEvaluator assessor) {
    var states = new LinkedHashMap<String, TaskState>();
    for (var stage : plan.stages()) {
      states.put(stage.id(), assessor.assess(new Task.Stage(stage.id())));
    }
    return new StageStates(plan, states);
  }

  TaskState state(String id) {
    return states.getOrDefault(id, new TaskState.NotStarted());
  }

  /** The first stage that failed for good. */
  Optional<Map.Entry<StagePlan, Failed>> failed() {
    return plan.stages().stream()
        .filter(stage -> state(stage.id()) instanceof Failed)
        .map(stage -> Map.entry(stage, (Failed) state(stage.id())))
        .findFirst();
  }

  boolean isDone() {
    return plan.stages().stream().allMatch(stage -> state(stage.id()) instanceof Done);
  }

  /**
   * Whether a stage may have its Pod. A Pod that waits for another holds its place in the cluster,
   * so it comes only once those that it waits for have theirs: else they might wait for each other.
   * Its base, where that is a stage, must be done, since nothing can begin before.
   */
  boolean mayStart(StagePlan stage) {
    var baseIsDone =
        !(stage.base() instanceof StageBase.Stage(var parent)) || state(parent) instanceof Done;
    return baseIsDone && stage.needs().stream().allMatch(id -> state(id).isPlacedOrDone());
  }

  /** The name of a stage that keeps this one from having its Pod. */
  Optional<String> blocker(StagePlan stage) {
    return stage.needs().stream()
        .filter(id -> !(state(id) instanceof Done))
        .map(id -> plan.stage(id).name())
        .findFirst();
  }
}
