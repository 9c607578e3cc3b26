package dev.stagewright.controller.assess;

import dev.stagewright.controller.assess.TaskState.Done;
import dev.stagewright.controller.assess.TaskState.Failed;
import dev.stagewright.controller.observe.AwaitedBuild;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The state of each stage of a plan.
 *
 * @param states by stage id, in the order of the plan
 * @param pendingLookups ids of stages whose Pods are not created before publish has reported which
 *     of their steps are cached
 * @param awaitedBuilds builds that run the same instructions as stages, whose Pods are created
 *     later or not at all, by the id of the stage
 */
public record StageStates(
    BuildPlan plan,
    Map<String, TaskState> states,
    Set<String> pendingLookups,
    Map<String, AwaitedBuild> awaitedBuilds) {

  /** The states of stages that wait for no look-up. */
  public StageStates(BuildPlan plan, Map<String, TaskState> states) {
    this(plan, states, Set.of(), Map.of());
  }

  StageStates withPendingLookups(Set<String> ids) {
    return new StageStates(plan, states, ids, awaitedBuilds);
  }

  StageStates withAwaitedBuilds(Map<String, AwaitedBuild> builds) {
    return new StageStates(plan, states, pendingLookups, builds);
  }

  /** The build that a stage waits for because it runs the same instructions. */
  public Optional<AwaitedBuild> awaitedBuild(StagePlan stage) {
    return Optional.ofNullable(awaitedBuilds.get(stage.id()));
  }

  /** The state of the stage with this id. */
  public TaskState state(String id) {
    return states.getOrDefault(id, new TaskState.NotStarted());
  }

  /** The first stage that failed and is not tried again. */
  public Optional<Map.Entry<StagePlan, Failed>> failed() {
    return plan.stages().stream()
        .filter(stage -> state(stage.id()) instanceof Failed)
        .map(stage -> Map.entry(stage, (Failed) state(stage.id())))
        .findFirst();
  }

  /** Whether all stages are done. */
  public boolean isDone() {
    return plan.stages().stream().allMatch(stage -> state(stage.id()) instanceof Done);
  }

  /**
   * Whether the Pod of a stage may be created. A Pod that waits for another stage occupies a node,
   * so it is created only after the Pods of the stages that it needs are scheduled; otherwise they
   * could block each other. If its base is a stage, that stage must be done.
   *
   * <p>Only the log of publish says that a stage in the worker Pod is done, and a log can be
   * missing. Such a stage therefore also counts as done when the stages that it needs are done: it
   * runs at that time, and the Pod waits for it in the workspace.
   */
  public boolean mayStart(StagePlan stage) {
    var baseIsDone =
        !(stage.base() instanceof StageBase.Stage(var parent)) || isDone(plan.stage(parent));
    return !isLookupPending(stage)
        && awaitedBuild(stage).isEmpty()
        && baseIsDone
        && stage.needs().stream()
            .allMatch(id -> state(id).isScheduledOrDone() || isDone(plan.stage(id)));
  }

  /** Whether publish has not reported yet which steps of the stage are cached. */
  public boolean isLookupPending(StagePlan stage) {
    return pendingLookups.contains(stage.id());
  }

  /** Whether all stages that this stage needs are done. */
  public boolean hasNeeds(StagePlan stage) {
    return stage.needs().stream().allMatch(id -> isDone(plan.stage(id)));
  }

  private boolean isDone(StagePlan stage) {
    return state(stage.id()) instanceof Done
        || (stage.runsInWorker()
            && state(stage.id()) instanceof TaskState.Active
            && hasNeeds(stage));
  }

  /** The name of the first stage that this stage waits for. */
  public Optional<String> blocker(StagePlan stage) {
    return stage.needs().stream()
        .filter(id -> !(state(id) instanceof Done))
        .map(id -> plan.stage(id).name())
        .findFirst();
  }
}
