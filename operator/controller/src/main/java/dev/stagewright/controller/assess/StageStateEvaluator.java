package dev.stagewright.controller.assess;

import dev.stagewright.controller.assess.TaskState.Active;
import dev.stagewright.controller.assess.TaskState.Done;
import dev.stagewright.controller.assess.TaskState.Failed;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StageCache;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Termination;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Evaluates the states of the stages of a plan. The publish container reads the results of all
 * stages in the workspace, so it knows that a stage is done before the kubelet reports it; it runs
 * the stages that have no Pod; and it knows the stages whose results are all cached.
 *
 * @param publish the state of publish
 */
public record StageStateEvaluator(
    Observation observed, TaskStateEvaluator tasks, TaskState publish) {

  /** The states of all stages. */
  public StageStates of(BuildPlan plan) {
    var states = new LinkedHashMap<String, TaskState>();
    for (var stage : plan.stages()) {
      states.put(stage.id(), state(stage));
    }
    var evaluated = new StageStates(plan, states);
    return evaluated
        .withPendingLookups(new PendingLookups(observed, evaluated).ids())
        .withAwaitedBuilds(observed.awaitedBuilds());
  }

  private TaskState state(StagePlan stage) {
    var task = new Task.Stage(stage.id());
    var state = stage.runsInWorker() ? inWorker(stage) : tasks.evaluate(task);
    var reported = observed.stageResult(stage.id());
    var isCached = observed.stageCache(stage.id()).filter(StageCache::complete).isPresent();
    if (state instanceof Done || !(isPublished() || isCached || reported.isPresent())) {
      return state;
    }
    if (isCached && (stage.runsInWorker() || pod(stage).isEmpty())) {
      return Done.recorded();
    }
    var pod = pod(stage);
    var sandbox = pod.flatMap(PodFacts::sandbox).orElse(SandboxKind.DIRECTORY);
    return new Done(reported.map(outcome -> outcome.toTermination(sandbox)), pod);
  }

  /** An image is published only after all stages are done. */
  private boolean isPublished() {
    return publish instanceof Done(var result, _)
        && result.orElse(null) instanceof Termination.Pushed;
  }

  private Optional<PodFacts> pod(StagePlan stage) {
    return observed.latest(stage.runsInWorker() ? new Task.Publish() : new Task.Stage(stage.id()));
  }

  private TaskState inWorker(StagePlan stage) {
    if (tasks.isRecordedAsDone(new Task.Stage(stage.id()))) {
      return Done.recorded();
    }
    return switch (publish) {
      case Failed(var failure, var pod)
          when failure.stage().filter(stage.name()::equals).isPresent() ->
          new Failed(failure, pod);
      case Active(var pod) -> new Active(pod);
      case TaskState.Retrying retrying -> retrying;
      case TaskState.NotStarted _, Done _, Failed _ -> new TaskState.NotStarted();
    };
  }
}
