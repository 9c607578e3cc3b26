package dev.stagewright.controller.decide;

import dev.stagewright.controller.decide.TaskState.Done;
import dev.stagewright.controller.decide.TaskState.Failed;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.Observation.PlanLookup;
import dev.stagewright.controller.observe.PodFacts;
import dev.stagewright.controller.observe.PodState;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Termination;
import dev.stagewright.protocol.TerminationMessage;
import java.time.Duration;
import java.util.Optional;

/** What the end of a Pod's container means for its part. */
record TerminatedPod(Observation observed, Task task, PodFacts pod, PodState.Ended ended) {
  /** A node that is restarted is back by then, and has the log still. */
  private static final Duration UNTIL_ITS_NODE_IS_BACK = Duration.ofMinutes(2);

  TaskState assess() {
    var words = TerminationMessage.read(ended.message());
    if (ended.exitCode() == 0) {
      return done(words);
    }
    var told =
        words
            .filter(Termination.Failed.class::isInstance)
            .map(failed -> ((Termination.Failed) failed).failure())
            .orElseGet(this::silent);
    var failure = new PodModifiedMessage(pod).explained(told);
    var retry = new TaskRetry(observed, task);
    return retry
        .withMoreMemory(failure)
        .orElseGet(() ->
            failure.reason().fault() == FailureReason.Fault.INFRASTRUCTURE
                ? retry.after(failure, Optional.of(pod), ended.finishedAt())
                : new Failed(failure, Optional.of(pod)));
  }

  private TaskState done(Optional<Termination> words) {
    var fits =
        switch (task) {
          case Task.Prepare _ -> words.orElse(null) instanceof Termination.Prepared;
          case Task.Check _ -> words.orElse(null) instanceof Termination.Checked;
          case Task.Stage _ -> words.orElse(null) instanceof Termination.Staged;
          case Task.Push _ -> words.orElse(null) instanceof Termination.Pushed;
        };
    if (!fits) {
      return new Failed(
          Failure.of(
              FailureReason.Internal,
              "the Pod " + pod.name() + " ended well but did not say with what"),
          Optional.of(pod));
    }
    if (!(task instanceof Task.Prepare)) {
      return new Done(words, Optional.of(pod));
    }
    return switch (observed.plan()) {
      case PlanLookup.Unknown _, PlanLookup.Stored _, PlanLookup.Printed _ ->
          new Done(words, Optional.of(pod));
      case PlanLookup.OutOfReach _
          when observed.now().isBefore(ended.finishedAt().plus(UNTIL_ITS_NODE_IS_BACK)) ->
          new TaskState.Active(pod);
      case PlanLookup.OutOfReach(var why) ->
          again("its log, which holds the plan, cannot be read: " + why);
      case PlanLookup.Missing _ -> again("its log does not hold the plan");
    };
  }

  private TaskState again(String why) {
    return new TaskRetry(observed, task)
        .after(Failure.of(FailureReason.PodLost, why), Optional.of(pod), observed.now());
  }

  /** It was ended before it could say why. */
  private Failure silent() {
    if (OutOfMemory.isWholeContainer(ended)) {
      return OutOfMemory.ofContainer(pod);
    }
    var how =
        "exit code " + ended.exitCode() + (ended.reason().isEmpty() ? "" : " ") + ended.reason();
    var isInfrastructure = ended.exitCode() == task.phase().exitCode(FailureReason.PodLost);
    return isInfrastructure
        ? Failure.of(FailureReason.PodLost, "the container ended with " + how)
        : Failure.of(
            FailureReason.Internal,
            "the container ended with " + how + " without saying why; its log may tell");
  }
}
