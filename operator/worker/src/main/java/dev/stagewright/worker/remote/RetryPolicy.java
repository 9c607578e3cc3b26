package dev.stagewright.worker.remote;

import dev.stagewright.registry.http.Timeouts;
import java.time.Duration;

/**
 * How long to try.
 *
 * @param timeouts of one try
 * @param tries how often at most
 * @param firstPause after the first try; doubles from one to the next
 */
public record RetryPolicy(Timeouts timeouts, int tries, Duration firstPause) {
  /** Five tries in about 15 s of waiting. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(Timeouts.DEFAULT, 5, Duration.ofSeconds(1));

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** The pause after a try, counted from 1. */
  Duration pauseAfter(int tried) {
    return shorter(firstPause.multipliedBy(1L << (tried - 1)), LONGEST_PAUSE);
  }

  /** As long as a server asks for, within reason. */
  Duration granted(Duration asked) {
    return shorter(asked, LONGEST_PAUSE);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
