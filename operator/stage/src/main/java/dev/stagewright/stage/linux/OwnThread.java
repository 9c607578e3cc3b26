package dev.stagewright.stage.linux;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on a thread that ends with them. Raw system calls that change credentials, root,
 * namespaces or working directory act on the calling thread alone, which is of no use for anything
 * else afterwards.
 */
public final class OwnThread {
  private OwnThread() {}

  /** What to do there; it returns nothing that can be thrown. */
  @FunctionalInterface
  public interface Task<T> {
    /** Does it. */
    T run() throws IOException;
  }

  /**
   * Runs a task and waits for its end.
   *
   * @param name of the thread
   * @throws IOException whatever the task throws
   */
  @SuppressWarnings("unchecked") // The outcome is what the task returned.
  public static <T> T run(String name, Task<T> task) throws IOException {
    var outcome = new AtomicReference<@Nullable Object>();
    var thread = new Thread(() -> outcome.set(attempt(task)), name);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return switch (outcome.get()) {
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case LinkageError e -> throw e;
      case null -> throw new IllegalStateException("thread \"" + name + "\" died");
      case Object result -> (T) result;
    };
  }

  private static Object attempt(Task<?> task) {
    try {
      return task.run();
    } catch (IOException | RuntimeException | LinkageError e) {
      return e;
    }
  }
}
