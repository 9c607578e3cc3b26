package dev.stagewright.controller.logs;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A timer that a test advances. */
final class ManualTimer implements LogTimer {
  private record Task(Duration at, int number, Runnable action) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparing(Task::at).thenComparingInt(Task::number));
  private Duration now = Duration.ZERO;
  private int number;

  @Override
  public Duration elapsed() {
    return now;
  }

  @Override
  public void schedule(Duration delay, Runnable task) {
    tasks.add(new Task(now.plus(delay), number++, task));
  }

  /** Lets time pass and runs the tasks that are due. */
  void pass(Duration time) {
    var end = now.plus(time);
    while (!tasks.isEmpty() && tasks.peek().at().compareTo(end) <= 0) {
      var task = tasks.remove();
      now = task.at();
      task.action().run();
    }
    now = end;
  }

  @Override
  public void close() {
    tasks.clear();
  }
}
