package dev.stagewright.worker.publish;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs tasks in parallel until one fails: the first failure interrupts all others, and every wait
 * ends with it. Thread-safe.
 */
final class TaskScope implements AutoCloseable {
  /** The process ends after the scope, so a task that ignores interrupts is not waited for. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final ExecutorService virtualThreads = Executors.newVirtualThreadPerTaskExecutor();
  private final ExecutorService platformThreads;
  private final CompletableFuture<Object> failure = new CompletableFuture<>();

  /**
   * Creates a scope.
   *
   * @param maxPlatformThreads the largest number of tasks of {@link #startOnPlatformThread} that
   *     run at the same time
   */
  TaskScope(int maxPlatformThreads) {
    platformThreads =
        Executors.newFixedThreadPool(
            maxPlatformThreads, Thread.ofPlatform().daemon().name("stage-", 0).factory());
  }

  /** Starts a task that mostly waits. */
  <T> CompletableFuture<T> start(Callable<T> task) {
    return start(virtualThreads, task);
  }

  /** Starts a task that computes or calls native code, in the order of the calls. */
  <T> CompletableFuture<T> startOnPlatformThread(Callable<T> task) {
    return start(platformThreads, task);
  }

  private <T> CompletableFuture<T> start(ExecutorService threads, Callable<T> task) {
    var result = new CompletableFuture<T>();
    try {
      threads.execute(() -> run(task, result));
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(e);
    }
    return result;
  }

  private <T> void run(Callable<T> task, CompletableFuture<T> result) {
    try {
      result.complete(task.call());
    } catch (Throwable e) {
      if (failure.completeExceptionally(e)) {
        stop();
      }
      result.completeExceptionally(e);
    }
  }

  /**
   * Waits for a task.
   *
   * @return the result of the task
   * @throws IOException if this is the first failure of any task; the same applies to unchecked
   *     exceptions
   */
  <T> T await(CompletableFuture<T> task) throws IOException, InterruptedException {
    try {
      var _ = CompletableFuture.anyOf(failure, task).get();
      return task.get();
    } catch (ExecutionException e) {
      throw rethrow(failure.isDone() ? failure.exceptionNow() : cause(e));
    }
  }

  /**
   * Waits for some time.
   *
   * @throws IOException the first failure of any task; the same applies to unchecked exceptions
   */
  void pause(Duration duration) throws IOException, InterruptedException {
    try {
      var _ = failure.get(duration.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      // No task has failed.
    } catch (ExecutionException e) {
      throw rethrow(cause(e));
    }
  }

  private static Throwable cause(ExecutionException e) {
    return Objects.requireNonNullElse(e.getCause(), e);
  }

  private static IllegalStateException rethrow(Throwable cause)
      throws IOException, InterruptedException {
    switch (cause) {
      case IOException io -> throw io;
      case InterruptedException interrupted -> throw interrupted;
      case RuntimeException unchecked -> throw unchecked;
      case Error error -> throw error;
      default -> throw new IllegalStateException(cause);
    }
  }

  private void stop() {
    virtualThreads.shutdownNow();
    platformThreads.shutdownNow();
  }

  /** Interrupts all tasks, and waits a moment for their end. */
  @Override
  public void close() {
    stop();
    try {
      var _ = virtualThreads.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
      var _ = platformThreads.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
