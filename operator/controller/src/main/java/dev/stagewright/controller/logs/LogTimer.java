package dev.stagewright.controller.logs;

import java.time.Duration;

/** Runs tasks later. */
interface LogTimer extends AutoCloseable {
  /** The time since some moment in the past, which does not depend on the clock of the node. */
  Duration elapsed();

  /** Runs a short task after this time. */
  void schedule(Duration delay, Runnable task);

  /** Drops all tasks. */
  @Override
  void close();
}
