package dev.stagewright.controller.logs;

import java.time.Duration;

/** Calculates how long to wait before a stream is opened again. */
final class ReopenDelay {
  private static final Duration FIRST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /**
   * The kubelet ends the stream of a container that has ended, often before it reports the end of
   * the container.
   */
  private static final Duration AFTER_COMPLETION = Duration.ofSeconds(2);

  private final int jitter;
  private Duration next = FIRST;

  /**
   * Calculates the delays of one stream.
   *
   * @param seed spreads the streams that were lost at the same time
   */
  ReopenDelay(int seed) {
    jitter = Math.floorMod(seed, 100);
  }

  /** The delay after the stream could not be opened or was lost. */
  Duration afterFailure() {
    var delay = next;
    next = next.multipliedBy(2);
    if (next.compareTo(LONGEST) > 0) {
      next = LONGEST;
    }
    return delay.plus(delay.multipliedBy(jitter).dividedBy(200));
  }

  /** The delay after the stream was completed although the container has not been reported. */
  Duration afterCompletion() {
    var delay = afterFailure();
    return delay.compareTo(AFTER_COMPLETION) < 0 ? AFTER_COMPLETION : delay;
  }

  /** A stream has delivered something. */
  void reset() {
    next = FIRST;
  }
}
