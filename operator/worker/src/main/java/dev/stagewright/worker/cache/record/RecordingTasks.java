package dev.stagewright.worker.cache.record;

import dev.stagewright.worker.cache.store.CacheStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs the tasks of a recorder: those of one queue after another, those of several queues in
 * parallel. The failure of a task is counted, and has no other effect. Thread-safe.
 */
final class RecordingTasks implements AutoCloseable {
  private final CacheStore store;
  private final RecordingTotals totals;
  private final AtomicInteger open = new AtomicInteger();
  private final Map<String, CompletableFuture<Void>> last = new HashMap<>();

  /** Tasks compress archives, and so do not only wait. */
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("recorder-", 0).factory());

  RecordingTasks(CacheStore store, RecordingTotals totals) {
    this.store = store;
    this.totals = totals;
  }

  /** A task. */
  @FunctionalInterface
  interface Task {
    void run() throws IOException, InterruptedException;
  }

  /** Starts a task after those that were submitted to its queue before. */
  synchronized void submit(String queue, Task task) {
    open.incrementAndGet();
    var before = last.getOrDefault(queue, CompletableFuture.completedFuture(null));
    last.put(queue, before.thenRunAsync(() -> run(task), threads));
  }

  private void run(Task task) {
    try {
      if (store.isWritable()) {
        task.run();
      }
    } catch (IOException | RuntimeException e) {
      // The store has already said why it is not writable any more.
      if (store.isWritable() && !threads.isShutdown()) {
        totals.addFailures(1, String.valueOf(e.getMessage()));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      open.decrementAndGet();
    }
  }

  /** Completes when all tasks have ended that were submitted so far. */
  synchronized CompletableFuture<Void> all() {
    return CompletableFuture.allOf(last.values().toArray(CompletableFuture[]::new));
  }

  /** The number of tasks that have not ended. */
  int open() {
    return open.get();
  }

  /** Interrupts all tasks. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
