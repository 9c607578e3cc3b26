package dev.stagewright.controller.observe;

import java.time.Instant;
import java.util.Optional;

/** How far a Pod is. */
public sealed interface PodState {
  /**
   * It has not started.
   *
   * @param scheduled whether it has a node
   * @param since when it got its node; where it has none, when it was created
   * @param waitingReason what keeps it, where that is known
   */
  record Waiting(boolean scheduled, Instant since, Optional<WaitingReason> waitingReason)
      implements PodState {}

  /**
   * Its node has made its container, and has yet to start it. That takes a moment; a node that died
   * in it never does.
   *
   * @param since when the node told so
   */
  record Created(Instant since) implements PodState {}

  /** Its container runs. */
  record Running(Instant startedAt) implements PodState {}

  /**
   * Its container ended by itself.
   *
   * @param reason as the kubelet has it, for example {@code Completed} or {@code OOMKilled}
   * @param message the termination message
   */
  record Ended(int exitCode, String reason, String message, Instant startedAt, Instant finishedAt)
      implements PodState {}

  /**
   * It was taken away: evicted, its node gone, or stopped from outside.
   *
   * @param reason in one word, for example {@code Evicted}
   * @param message in a sentence
   */
  record Lost(String reason, String message) implements PodState {}

  /**
   * An init container failed, so that its container never starts.
   *
   * @param container the name of the init container
   * @param why how it ended
   */
  record InitFailed(String container, String why, Instant finishedAt) implements PodState {}

  /** It ran longer than its {@code activeDeadlineSeconds}. */
  record DeadlineExceeded() implements PodState {}

  /**
   * What keeps a Pod from starting.
   *
   * @param reason in one word, for example {@code ImagePullBackOff} or {@code Unschedulable}
   * @param message in a sentence
   * @param container which of the Pod's containers, where it is none of ours
   */
  record WaitingReason(String reason, String message, Optional<String> container) {
    /** Of our own container, or of none. */
    public WaitingReason(String reason, String message) {
      this(reason, message, Optional.empty());
    }
  }
}
