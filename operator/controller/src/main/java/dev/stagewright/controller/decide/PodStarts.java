package dev.stagewright.controller.decide;

import dev.stagewright.controller.assess.StageStates;
import dev.stagewright.controller.assess.TaskLimits;
import dev.stagewright.controller.assess.TaskState;
import dev.stagewright.controller.cachemounts.CacheMountsSelection;
import dev.stagewright.controller.observe.AwaitedBuild;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.pods.PrefixImageSelection;
import dev.stagewright.controller.pods.RunObjects;
import dev.stagewright.controller.pods.StagePod;
import dev.stagewright.controller.pods.WorkerPod;
import dev.stagewright.controller.run.Task;
import dev.stagewright.controller.sandbox.SandboxSelection;
import dev.stagewright.protocol.StagePlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Creates the Pods of stages as soon as they can start, and that of publish if it has none.
 *
 * @param observed what is known about the run
 * @param actions receives the creations
 * @param objects declares the Pods
 * @param sandboxes the sandbox of each stage
 * @param cacheMounts the claim of cache mounts
 * @param workers declares the worker Pod
 */
record PodStarts(
    Observation observed,
    RunActions actions,
    RunObjects objects,
    SandboxSelection sandboxes,
    CacheMountsSelection cacheMounts,
    Supplier<WorkerPod> workers) {

  void startStages(StageStates stages) {
    for (var stage : stages.plan().stages()) {
      if (!stage.runsInWorker() && stages.mayStart(stage)) {
        startStage(stages, stage);
      }
      if (stages.isLookupPending(stage) && stages.hasNeeds(stage)) {
        actions.requeueAt(observed.lookupWait().nextCheck());
      }
      stages.awaitedBuild(stage).flatMap(AwaitedBuild::until).ifPresent(actions::requeueAt);
    }
    new IdlePodPreemption(observed, stages).pods().forEach(actions::stop);
  }

  private void startStage(StageStates stages, StagePlan stage) {
    if (stage.usesCacheMounts() && cacheMounts.rejection().isPresent()) {
      actions.requeueAt(observed.now()); // This decision follows the rejection: see ActionExecutor.
      return;
    }
    var kind = sandboxes.of(stage).kind();
    var task = new Task.Stage(stage.id());
    var context = objects.context().withSandbox(kind);
    var prefix =
        new PrefixImageSelection(observed, context.imageVolumes())
            .of(stage.id(), kind, nextAttempt(stages.state(stage.id())));
    var pod = new StagePod(context, stages.plan(), stage, prefix);
    var limits = new TaskLimits(observed, task).ofNextPod();
    var claim = stage.usesCacheMounts() ? cacheMounts.missingClaim() : Stream.<HasMetadata>empty();
    actions.advance(
        task,
        stages.state(stage.id()),
        Stream.concat(pod.prerequisites().stream(), claim).toList(),
        attempt -> pod.pod(attempt, limits));
  }

  private static int nextAttempt(TaskState state) {
    return state instanceof TaskState.Retrying(var attempt, _, _) ? attempt : 1;
  }

  /** Publishes with another worker Pod, if the one with prepare did not last until now. */
  void startPublish(StageStates stages, TaskState publish) {
    var preemption = new IdleWorkerPreemption(observed, stages, publish);
    preemption.pod().ifPresent(actions::end);
    if (!preemption.holdsBack()) {
      actions.advance(new Task.Publish(), publish, workers.get()::publish);
    }
  }
}
