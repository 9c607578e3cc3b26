package dev.stagewright.registry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does things a few at a time; the first failure ends the rest. */
final class ParallelTasks {
  private ParallelTasks() {}

  @FunctionalInterface
  interface Task<T> {
    void run(T item) throws IOException;
  }

  static <T> void run(int atOnce, List<T> items, Task<T> task)
      throws IOException, InterruptedException {
    var threads = Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory());
    try {
      var running = new ArrayList<Future<?>>();
      for (var item : items) {
        running.add(
            threads.submit(() -> {
              task.run(item);
              return true;
            }));
      }
      for (var each : running) {
        var _ = each.get();
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException unchecked -> throw unchecked;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
