package dev.stagewright.stage.linux;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Runs tasks on separate threads. Raw system calls that change credentials, root, namespaces or
 * working directory affect only the calling thread, which cannot be used for other tasks
 * afterwards.
 */
public final class DedicatedThread {
  private DedicatedThread() {}

  /** A task for the thread. */
  @FunctionalInterface
  public interface Task<T> {
    /** Does it. */
    T run() throws IOException;
  }

  /** An action of the thread after its task has returned. */
  @FunctionalInterface
  interface Afterwards<T> {
    /** Does it. */
    void run(T result) throws InterruptedException;
  }

  /**
   * Runs a task and waits for the end of its thread.
   *
   * @param name of the thread
   * @throws IOException whatever the task throws
   */
  public static <T> T run(String name, Task<T> task) throws IOException {
    var outcome = new CompletableFuture<T>();
    var thread = new Thread(() -> complete(outcome, task), name);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return result(outcome);
  }

  /**
   * Runs a task and waits for its result, while the thread continues.
   *
   * @param name of the thread
   * @param afterwards action of the thread after the task, unless the task throws
   * @throws IOException whatever the task throws
   */
  static <T> T run(String name, Task<T> task, Afterwards<T> afterwards) throws IOException {
    var outcome = new CompletableFuture<T>();
    Thread.ofPlatform()
        .name(name)
        .daemon()
        .start(() -> {
          complete(outcome, task);
          if (!outcome.isCompletedExceptionally()) {
            try {
              afterwards.run(outcome.join());
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        });
    return result(outcome);
  }

  private static <T> void complete(CompletableFuture<T> outcome, Task<T> task) {
    try {
      outcome.complete(task.run());
    } catch (IOException | RuntimeException | Error e) {
      outcome.completeExceptionally(e);
    }
  }

  private static <T> T result(CompletableFuture<T> outcome) throws IOException {
    try {
      return outcome.join();
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw e;
      }
    }
  }
}
