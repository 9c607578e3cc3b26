package dev.stagewright.registry.call;

import java.time.Duration;

/** Waits between attempts. */
@FunctionalInterface
public interface Sleeper {
  /** Returns after this time. */
  void sleep(Duration duration) throws InterruptedException;
}
