package dev.stagewright.controller.podstatus;

import java.time.Instant;
import java.util.Optional;

/** The state of the container of a task. */
public sealed interface PodState {
  /**
   * The container does not exist yet.
   *
   * @param scheduled whether the Pod has a node
   * @param since when the Pod was scheduled; while it is not, when it was created
   * @param cause why the Pod does not start, if that is known
   */
  record Pending(boolean scheduled, Instant since, Optional<WaitingCause> cause)
      implements PodState {}

  /**
   * The node has created the container but not started it. That takes a moment, unless the node
   * goes down in that moment.
   *
   * @param since when the node reported this
   */
  record Created(Instant since) implements PodState {}

  /** The container runs. */
  record Running(Instant startedAt) implements PodState {}

  /**
   * The container has ended, or will never start.
   *
   * @param period when the container ran; empty if that is not known
   */
  record Ended(PodTermination termination, Optional<RunPeriod> period) implements PodState {
    /** A Pod whose container did not end by itself. */
    public Ended(PodTermination termination) {
      this(termination, Optional.empty());
    }
  }

  /** The time that a container ran. */
  record RunPeriod(Instant startedAt, Instant finishedAt) {}
}
