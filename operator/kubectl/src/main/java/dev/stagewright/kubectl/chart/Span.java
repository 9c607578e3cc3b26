package dev.stagewright.kubectl.chart;

import java.time.Instant;

/** A stretch of a run's time in which a part did one thing. */
record Span(Kind kind, Instant from, Instant to) {

  /** What it did. */
  enum Kind {
    /** Had no container that runs. */
    AWAITS_POD,
    /** Ran. */
    RUNS,
    /** Ran, and waited for another stage. */
    AWAITS_STAGE
  }

  boolean holds(Instant time) {
    return !time.isBefore(from) && time.isBefore(to);
  }
}
