package dev.stagewright.controller.logs;

import java.time.Duration;

/** Limits how much the operator reads of the log of a container that prints without end. */
final class LogBudget {
  static final long BURST_BYTES = 4L * 1024 * 1024;
  static final long BYTES_PER_SECOND = 256L * 1024;

  private long left = BURST_BYTES;
  private Duration at;

  /** A full budget. */
  LogBudget(Duration now) {
    at = now;
  }

  /** Spends bytes and returns whether the budget is exceeded. */
  boolean spend(long bytes, Duration now) {
    left = Math.min(BURST_BYTES, left + now.minus(at).toMillis() * BYTES_PER_SECOND / 1000);
    at = now;
    left -= bytes;
    return left < 0;
  }

  /** The time until the budget allows for the last lines of a log again. */
  Duration recovery() {
    return Duration.ofMillis(Math.max(0, BYTES_PER_SECOND - left) * 1000 / BYTES_PER_SECOND);
  }
}
