package dev.stagewright.kubectl.logs;

import dev.stagewright.kubectl.cluster.TaskContainer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The log of a Pod while a thread reads it. If the node is lost, the connection neither delivers
 * lines nor ends. {@link #await} therefore stops a stream without activity after a timeout.
 */
final class LogStream {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  private final TaskContainer pod;
  private final AtomicLong lastActivity = new AtomicLong(System.nanoTime());
  private final Thread thread;

  private LogStream(TaskContainer pod, Reader reader) {
    this.pod = pod;
    this.thread = Thread.ofVirtual().name(pod.name().toString()).unstarted(() -> read(reader));
  }

  /** Reads a log to its end. */
  interface Reader {
    /**
     * Reads the log.
     *
     * @param onActivity called for each line and each answer of the API server
     */
    void read(Runnable onActivity) throws InterruptedException;
  }

  static LogStream start(TaskContainer pod, Reader reader) {
    var stream = new LogStream(pod, reader);
    stream.thread.start();
    return stream;
  }

  private void read(Reader reader) {
    try {
      reader.read(() -> lastActivity.set(System.nanoTime()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  TaskContainer pod() {
    return pod;
  }

  /** Waits until the log is read; stops reading if there is no activity for this long. */
  void await(Duration idleTimeout) throws InterruptedException {
    while (!thread.join(POLL_INTERVAL)) {
      if (System.nanoTime() - lastActivity.get() > idleTimeout.toNanos()) {
        thread.interrupt();
        return;
      }
    }
  }
}
