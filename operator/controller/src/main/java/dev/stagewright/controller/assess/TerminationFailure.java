package dev.stagewright.controller.assess;

import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.podstatus.PodTermination;
import dev.stagewright.controller.run.PodContainer;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;

/** Describes terminations that the container itself did not report as failures. */
record TerminationFailure(Observation observed, Task task, PodFacts pod) {
  /** The exit code of the JVMs of prepare and publish if their heap is exhausted. */
  private static final int HEAP_EXHAUSTED = 3;

  Failure outOfMemory() {
    return Failure.of(
        FailureReason.OutOfMemory,
        pod.memoryLimit()
            .map(limit ->
                "the container was killed because it used more memory than its limit, " + limit)
            .orElse(
                "the container was killed because its node ran out of memory; the container has"
                    + " no memory limit"));
  }

  Failure crashed(PodTermination.Crashed crash) {
    if (!(task instanceof Task.Stage) && crash.exitCode() == HEAP_EXHAUSTED) {
      return Failure.of(
          FailureReason.OutOfMemory,
          "the container needs more memory than it has"
              + pod.memoryLimit().map(limit -> "; its limit is " + limit).orElse(""));
    }
    var end =
        "the container ended with exit code "
            + crash.exitCode()
            + (crash.reason().isEmpty() ? "" : " ")
            + crash.reason();
    var isInfrastructure = crash.exitCode() == task.phase().exitCode(FailureReason.PodLost);
    return isInfrastructure
        ? Failure.of(FailureReason.PodLost, end)
        : Failure.of(
            FailureReason.Internal,
            end + " and did not report a reason; check the log of the Pod " + pod.name());
  }

  Failure storageLimitExceeded(PodTermination.StorageLimitExceeded exceeded) {
    var limit = exceeded.limit();
    return switch (exceeded.consumer()) {
      case POD ->
          evicted(
              "its containers together used more ephemeral storage than their limit, " + limit,
              raiseLimit());
      case CONTAINER ->
          evicted(
              "its container %s used more ephemeral storage than its limit, %s"
                  .formatted(exceeded.name(), limit),
              PodContainer.isTask(exceeded.name())
                  ? raiseLimit()
                  : "the container is not part of Stagewright: raise its limit where it is"
                      + " defined");
      case VOLUME ->
          evicted(
              "its emptyDir volume %s holds more than its limit, %s"
                  .formatted(exceeded.name(), limit),
              "raise sizeLimit of the volume in the podTemplate, or write less");
    };
  }

  private Failure evicted(String cause, String solution) {
    return Failure.of(
        FailureReason.StorageLimitExceeded,
        "the Pod %s was evicted: %s; %s".formatted(pod.name(), cause, solution));
  }

  private String raiseLimit() {
    var field =
        task instanceof Task.Stage(var id)
            ? "spec.stages[" + stageName(id) + "].resources.limits"
            : "spec.podTemplate.spec.containers[main].resources.limits";
    return "set a higher ephemeral-storage in "
        + field
        + " (if the spec has none, the limit is the default of a LimitRange), or write less";
  }

  private String stageName(String id) {
    return observed.knownPlan().map(plan -> plan.stage(id).name()).orElse(id);
  }
}
