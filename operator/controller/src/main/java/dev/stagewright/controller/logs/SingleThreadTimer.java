package dev.stagewright.controller.logs;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs all tasks in one thread. */
final class SingleThreadTimer implements LogTimer {
  private static final Logger LOG = LoggerFactory.getLogger(SingleThreadTimer.class);

  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("logs").factory());

  @Override
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime());
  }

  @Override
  public void schedule(Duration delay, Runnable task) {
    try {
      var _ = executor.schedule(() -> run(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("the timer has stopped: {}", e.getMessage());
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("a task of the log streams failed", e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
