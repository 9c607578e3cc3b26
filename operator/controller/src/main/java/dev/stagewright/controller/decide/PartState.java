package dev.stagewright.controller.decide;

import dev.stagewright.controller.observe.PodFacts;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.Termination;
import java.time.Instant;
import java.util.Optional;

/** How far a part of a run is, over all its attempts. */
sealed interface PartState {
  /** It has had no Pod. */
  record NotStarted() implements PartState {}

  /** Its Pod waits or runs. */
  record UnderWay(PodFacts pod) implements PartState {}

  /**
   * It is done.
   *
   * @param words its last words; empty, as the Pod, where only the status still tells of it
   */
  record Done(Optional<Termination> words, Optional<PodFacts> pod) implements PartState {}

  /**
   * It is to be tried again.
   *
   * @param attempt number of the next attempt
   * @param notBefore when
   * @param why what became of the last one
   */
  record Again(int attempt, Instant notBefore, String why) implements PartState {}

  /** It failed for good. */
  record GaveUp(Failure failure, Optional<PodFacts> pod) implements PartState {}

  /** Whether another part's Pod that waits for this one would not wait in vain for a place. */
  default boolean isPlacedOrDone() {
    return switch (this) {
      case UnderWay(var pod) -> pod.isPlaced();
      case Done _ -> true;
      case NotStarted _, Again _, GaveUp _ -> false;
    };
  }
}
