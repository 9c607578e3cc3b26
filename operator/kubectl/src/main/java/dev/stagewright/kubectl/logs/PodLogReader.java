package dev.stagewright.kubectl.logs;

import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.ContainerName;
import dev.stagewright.kubectl.cluster.PodLogClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the log of one container to its end and reopens the log if the connection breaks.
 *
 * <p>The end of a stream does not prove that the container has terminated: a connection in between
 * may have broken. A log is complete if a request that was sent after the termination of the
 * container was read to its regular end.
 */
public final class PodLogReader {
  private static final int MAX_FAILURES = 60;

  private final ContainerName container;
  private final PodLogClient client;
  private final TerminationCheck termination;
  private final Duration retryInterval;
  private final LogPosition position = new LogPosition();

  /** Checks whether a container has terminated. */
  public interface TerminationCheck {
    /** Whether the container no longer writes to its log. */
    boolean isTerminated(ContainerName container) throws ClusterException;
  }

  /**
   * A reader at the start of a log.
   *
   * @param retryInterval time before the log is opened again
   */
  public PodLogReader(
      ContainerName container,
      PodLogClient client,
      TerminationCheck termination,
      Duration retryInterval) {
    this.container = container;
    this.client = client;
    this.termination = termination;
    this.retryInterval = retryInterval;
  }

  /**
   * Reads until the container has terminated and the log is complete.
   *
   * @return why the rest of the log cannot be read; empty if the log is complete
   */
  public Optional<String> read(Consumer<LogLine> consumer) throws InterruptedException {
    for (int failures = 0; ; Thread.sleep(retryInterval)) {
      try {
        var isTerminated = termination.isTerminated(container);
        read(!isTerminated, consumer);
        if (isTerminated) {
          return Optional.empty();
        }
        failures = 0;
      } catch (IOException e) {
        if (++failures >= MAX_FAILURES) {
          return Optional.of(String.valueOf(e.getMessage()));
        }
      } catch (ClusterException e) {
        if (!e.isTransient() || ++failures >= MAX_FAILURES) {
          return Optional.of(String.valueOf(e.getMessage()));
        }
      }
    }
  }

  /** Reads the lines that exist now. */
  public void readOnce(Consumer<LogLine> consumer) throws IOException, ClusterException {
    read(false, consumer);
  }

  private void read(boolean follow, Consumer<LogLine> consumer)
      throws IOException, ClusterException {
    var stream = client.open(container, follow, position.last());
    if (stream.isEmpty()) {
      return;
    }
    position.reopen();
    try (var lines = new LineReader(stream.get())) {
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        accept(line.get(), consumer);
      }
      if (!follow) {
        lines.partialLine().ifPresent(rest -> accept(rest, consumer));
      }
    }
  }

  private void accept(String text, Consumer<LogLine> consumer) {
    var line = LogLine.parse(text);
    if (position.isNew(line)) {
      consumer.accept(line);
    }
  }
}
