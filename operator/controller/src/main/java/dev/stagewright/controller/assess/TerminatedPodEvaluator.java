package dev.stagewright.controller.assess;

import dev.stagewright.controller.assess.TaskState.Done;
import dev.stagewright.controller.assess.TaskState.Failed;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.Observation.PlanLookup;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.podstatus.PodTermination;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Termination;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Evaluates the state of a task whose latest Pod has ended. */
record TerminatedPodEvaluator(Observation observed, Task task, PodFacts pod) {
  /** The time that a restarted node may take before the log of its Pods can be read again. */
  private static final Duration LOG_UNAVAILABLE = Duration.ofMinutes(2);

  TaskState evaluate(PodTermination termination) {
    var failures = new TerminationFailure(observed, task, pod);
    return switch (termination) {
      case PodTermination.Completed(var result) -> completed(result);
      case PodTermination.Failed failed -> failed(failed.failure());
      case PodTermination.OutOfMemory _ -> failed(failures.outOfMemory());
      case PodTermination.Crashed crash -> failed(failures.crashed(crash));
      case PodTermination.InitContainerFailed failed ->
          retry(new InjectedContainers(observed.spec()).failed(pod, failed), failed.finishedAt());
      case PodTermination.StorageLimitExceeded exceeded ->
          new Failed(failures.storageLimitExceeded(exceeded), Optional.of(pod));
      case PodTermination.Lost(var reason, var message) ->
          new PodModifiedMessage(pod)
              .ofStart(reason, message)
              .<TaskState>map(failure -> new Failed(failure, Optional.of(pod)))
              .orElseGet(() -> lost(reason + ": " + message));
      case PodTermination.DeadlineExceeded _ ->
          new Failed(new TaskLimits(observed, task).deadlineExceeded(), Optional.of(pod));
    };
  }

  private TaskState failed(Failure reported) {
    var failure = new PodModifiedMessage(pod).explained(reported);
    return new TaskRetry(observed, task)
        .withMoreMemory(failure)
        .orElseGet(() ->
            failure.reason().fault() == FailureReason.Fault.INFRASTRUCTURE
                ? retry(failure, pod.finishedAt().orElse(observed.now()))
                : new Failed(failure, Optional.of(pod)));
  }

  private TaskState completed(Optional<Termination> result) {
    if (task instanceof Task.Publish && result.orElse(null) instanceof Termination.Skipped) {
      return lost("prepare failed, so there was nothing to publish");
    }
    var isExpected =
        switch (task) {
          case Task.Prepare _ -> result.orElse(null) instanceof Termination.Prepared;
          case Task.Stage _ -> result.orElse(null) instanceof Termination.Staged;
          case Task.Publish _ -> result.orElse(null) instanceof Termination.Pushed;
        };
    if (!isExpected) {
      return new Failed(
          Failure.of(
              FailureReason.Internal,
              "the container "
                  + pod.container()
                  + " of the Pod "
                  + pod.name()
                  + " ended with exit code 0 but did not report a result"),
          Optional.of(pod));
    }
    var done = new Done(result, Optional.of(pod));
    if (!(task instanceof Task.Prepare)) {
      return done;
    }
    return switch (observed.plan()) {
      case PlanLookup.Unknown _, PlanLookup.Stored _, PlanLookup.Printed _ -> done;
      case PlanLookup.LogUnavailable(var why) ->
          observed.now().isBefore(pod.finishedAt().orElseThrow().plus(LOG_UNAVAILABLE))
              ? new TaskState.Active(pod)
              : lost("the log of prepare, which contains the plan, cannot be read: " + why);
      case PlanLookup.Missing _ -> lost("the log of prepare does not contain the plan");
    };
  }

  private TaskState lost(String message) {
    return retry(Failure.of(FailureReason.PodLost, message), observed.now());
  }

  private TaskState retry(Failure failure, Instant endedAt) {
    return new TaskRetry(observed, task).after(failure, Optional.of(pod), endedAt);
  }
}
