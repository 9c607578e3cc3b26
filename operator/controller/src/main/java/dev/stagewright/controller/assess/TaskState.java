package dev.stagewright.controller.decide;

import dev.stagewright.controller.observe.PodFacts;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.Termination;
import java.time.Instant;
import java.util.Optional;

/** How far a part of a run is, over all its attempts. */
sealed interface TaskState {
  /** It has had no Pod. */
  record NotStarted() implements TaskState {}

  /** Its Pod waits or runs. */
  record Active(PodFacts pod) implements TaskState {}

  /**
   * It is done.
   *
   * @param words its last words; empty, as the Pod, where only the status still tells of it
   */
  record Done(Optional<Termination> words, Optional<PodFacts> pod) implements TaskState {}

  /**
   * It is to be tried again.
   *
   * @param attempt number of the next attempt
   * @param notBefore when
   * @param why what became of the last one
   */
  record Retrying(int attempt, Instant notBefore, String why) implements TaskState {}

  /** It failed for good. */
  record Failed(Failure failure, Optional<PodFacts> pod) implements TaskState {}

  /** Whether another part's Pod that waits for this one would not wait in vain for a place. */
  default boolean isPlacedOrDone() {
    return switch (this) {
      case Active(var pod) -> pod.isPlaced();
      case Done _ -> true;
      case NotStarted _, Retrying _, Failed _ -> false;
    };
  }
}
