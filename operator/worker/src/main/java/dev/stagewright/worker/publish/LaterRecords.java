package dev.stagewright.worker.publish;

import dev.stagewright.registry.call.Sleeper;
import dev.stagewright.worker.cache.decision.StageDecisions;
import java.io.IOException;
import java.time.Duration;

/**
 * Looks for records that other builds write while stages of this build wait: the operator does not
 * start a stage while another build runs the same steps. Usually stages start before the first
 * look.
 *
 * @param decisions decisions about the stages
 * @param sleeper waits before another look
 */
record LaterRecords(StageDecisions decisions, Sleeper sleeper) {
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(3);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  /** A record is noticed after at most this part of the time that it took. */
  private static final int PART = 10;

  /** Returns when no decision can change. */
  void await() throws IOException, InterruptedException {
    var waited = Duration.ZERO;
    while (decisions.mayChange()) {
      var pause = pauseAfter(waited);
      sleeper.sleep(pause);
      waited = waited.plus(pause);
      decisions.lookAgain();
    }
  }

  private static Duration pauseAfter(Duration waited) {
    var part = waited.dividedBy(PART);
    if (part.compareTo(SHORTEST_PAUSE) < 0) {
      return SHORTEST_PAUSE;
    }
    return part.compareTo(LONGEST_PAUSE) < 0 ? part : LONGEST_PAUSE;
  }
}
