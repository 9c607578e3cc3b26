package dev.stagewright.controller.assess;

import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.Termination;
import java.time.Instant;
import java.util.Optional;

/** The state of a task, over all its attempts. */
public sealed interface TaskState {
  /** The task has had no Pod. */
  record NotStarted() implements TaskState {}

  /** The Pod of the task is pending or running. */
  record Active(PodFacts pod) implements TaskState {}

  /**
   * The task is done.
   *
   * @param result that the Pod reported; empty, like the Pod, if only the status records the task
   *     as done
   */
  record Done(Optional<Termination> result, Optional<PodFacts> pod) implements TaskState {
    /** A task that the status records as done, and whose Pod may be gone. */
    static Done recorded() {
      return new Done(Optional.empty(), Optional.empty());
    }
  }

  /**
   * The task failed and is tried again.
   *
   * @param attempt number of the next attempt
   * @param notBefore earliest start of the next attempt
   * @param why message of the last failure
   */
  record Retrying(int attempt, Instant notBefore, String why) implements TaskState {}

  /** The task failed and is not tried again. */
  record Failed(Failure failure, Optional<PodFacts> pod) implements TaskState {}

  /** Whether the task no longer needs a node: its Pod is scheduled, or the task is done. */
  default boolean isScheduledOrDone() {
    return switch (this) {
      case Active(var pod) -> pod.isScheduled();
      case Done _ -> true;
      case NotStarted _, Retrying _, Failed _ -> false;
    };
  }
}
