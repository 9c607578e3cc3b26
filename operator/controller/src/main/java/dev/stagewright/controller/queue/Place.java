package dev.stagewright.controller.queue;

import java.time.Instant;

/** What the queue says of a run. */
public sealed interface Place {
  /** It may go on. */
  record Runs() implements Place {}

  /** It may begin as soon as others have, which takes no longer than it takes to say so. */
  record InAMoment() implements Place {}

  /**
   * It has to wait.
   *
   * @param position among all that wait, counted from 1
   * @param since when it came to the queue
   * @param message what it waits for, in a sentence
   */
  record Waits(int position, Instant since, String message) implements Place {}
}
