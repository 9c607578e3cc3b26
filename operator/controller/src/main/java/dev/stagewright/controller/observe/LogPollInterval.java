package dev.stagewright.controller.observe;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * How often to read the log of a running stage: often at first and less often the longer it runs,
 * and never so often that all of them together are a burden to the API server.
 */
final class LogPollInterval {
  /** Before the first look: many a stage is done by then. */
  static final Duration FIRST = Duration.ofSeconds(1);

  private static final Duration FASTEST = Duration.ofSeconds(2);
  private static final Duration SLOWEST = Duration.ofSeconds(15);
  private static final int SHARE_OF_AGE = 10;
  private static final int READS_A_SECOND = 20;

  private LogPollInterval() {}

  /**
   * The time to the next look.
   *
   * @param age how long the stage has run
   * @param pods how many are followed
   */
  static Duration next(Duration age, int pods) {
    var share = age.dividedBy(SHARE_OF_AGE);
    var alone = Collections.max(List.of(FASTEST, Collections.min(List.of(share, SLOWEST))));
    var fairShare = Duration.ofSeconds(1).multipliedBy(pods).dividedBy(READS_A_SECOND);
    return Collections.max(List.of(alone, fairShare));
  }
}
