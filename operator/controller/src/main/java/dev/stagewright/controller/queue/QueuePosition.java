package dev.stagewright.controller.queue;

import java.time.Instant;

/** The position of a run in the queue. */
public sealed interface QueuePosition {
  /** The run may proceed. */
  record Admitted() implements QueuePosition {}

  /** The run may start shortly, after other runs that are starting now. */
  record Deferred() implements QueuePosition {}

  /**
   * The run waits.
   *
   * @param position among all waiting runs, counted from 1
   * @param since when the run entered the queue
   * @param message says what the run waits for
   */
  record Queued(int position, Instant since, String message) implements QueuePosition {}
}
