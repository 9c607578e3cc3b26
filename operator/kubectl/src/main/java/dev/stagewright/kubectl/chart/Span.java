package dev.stagewright.kubectl.chart;

import java.time.Instant;

/** A time span in which a task was in one state. */
record Span(Kind kind, Instant from, Instant to) {

  /** The state of the task. */
  enum Kind {
    /** No container of the task runs. */
    PENDING,
    /** The task runs. */
    RUNNING,
    /** The task runs and waits for another stage. */
    WAITING
  }

  boolean contains(Instant time) {
    return !time.isBefore(from) && time.isBefore(to);
  }
}
