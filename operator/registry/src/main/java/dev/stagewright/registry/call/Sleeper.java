package dev.stagewright.registry.call;

import java.time.Duration;

/** Waits between attempts. */
@FunctionalInterface
public interface Sleeper {
  /** Returns after this time. */
  void of(Duration duration) throws InterruptedException;
}
