package dev.stagewright.registry.concurrent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs tasks in parallel, on virtual threads.
 *
 * @param limit the largest number of tasks that run at the same time
 */
public record ParallelTasks(int limit) {

  /**
   * Runs all tasks. The first failure, in the order of the tasks, cancels the others.
   *
   * @return the results, in the order of the tasks
   * @throws IOException if a task throws it
   */
  public <T> List<T> run(List<Callable<T>> tasks) throws IOException, InterruptedException {
    var threads = Executors.newFixedThreadPool(limit, Thread.ofVirtual().factory());
    try {
      var running = new ArrayList<Future<T>>();
      tasks.forEach(task -> running.add(threads.submit(task)));
      var results = new ArrayList<T>();
      for (var task : running) {
        results.add(task.get());
      }
      return List.copyOf(results);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case InterruptedException interrupted -> throw interrupted;
        case RuntimeException unchecked -> throw unchecked;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    } finally {
      threads.shutdownNow();
      // Cancelled tasks must have ended: the files that they read and write may be removed next.
      threads.close();
    }
  }
}
