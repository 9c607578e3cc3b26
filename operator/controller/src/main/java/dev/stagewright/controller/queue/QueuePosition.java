package dev.stagewright.controller.queue;

import java.time.Instant;

/** What the queue says of a run. */
public sealed interface QueuePosition {
  /** It may go on. */
  record Admitted() implements QueuePosition {}

  /** It may begin as soon as others have, which takes no longer than it takes to say so. */
  record Deferred() implements QueuePosition {}

  /**
   * It has to wait.
   *
   * @param position among all that wait, counted from 1
   * @param since when it came to the queue
   * @param message what it waits for, in a sentence
   */
  record Queued(int position, Instant since, String message) implements QueuePosition {}
}
