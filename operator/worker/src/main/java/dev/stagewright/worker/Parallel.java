package dev.stagewright.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Does several things side by side, on virtual threads.
 *
 * @param atOnce how many at most
 */
public record Parallel(int atOnce) {

  /**
   * Does all of it; the first failure, in order, ends the rest.
   *
   * @return the results in order
   * @throws IOException if one of them throws it
   */
  public <T> List<T> all(List<Callable<T>> tasks) throws IOException, InterruptedException {
    var threads = Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory());
    try {
      var running = new ArrayList<Future<T>>();
      tasks.forEach(task -> running.add(threads.submit(task)));
      var results = new ArrayList<T>();
      for (var result : running) {
        results.add(result.get());
      }
      return results;
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case InterruptedException interrupted -> throw interrupted;
        case RuntimeException unchecked -> throw unchecked;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    } finally {
      threads.shutdownNow();
      // What is still running must not write on: its folders are about to be removed.
      threads.close();
    }
  }
}
