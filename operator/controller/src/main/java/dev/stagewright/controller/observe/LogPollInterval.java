package dev.stagewright.controller.observe;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * Calculates how often to read the log of a running stage: frequently at first, less often the
 * longer the stage runs, and with a limit on the total rate of requests to the API server.
 */
final class LogPollInterval {
  /** The delay before the first read: many stages are done by then. */
  static final Duration FIRST = Duration.ofSeconds(1);

  private static final Duration FASTEST = Duration.ofSeconds(2);
  private static final Duration SLOWEST = Duration.ofSeconds(15);
  private static final int AGE_DIVISOR = 10;
  private static final int READS_PER_SECOND = 20;

  private LogPollInterval() {}

  /**
   * The delay before the next read.
   *
   * @param age how long the stage has been running
   * @param pods number of Pods whose logs are polled
   */
  static Duration next(Duration age, int pods) {
    var byAge = age.dividedBy(AGE_DIVISOR);
    var perPod = Collections.max(List.of(FASTEST, Collections.min(List.of(byAge, SLOWEST))));
    var byLoad = Duration.ofSeconds(1).multipliedBy(pods).dividedBy(READS_PER_SECOND);
    return Collections.max(List.of(perPod, byLoad));
  }
}
