package dev.stagewright.kubectl.logs;

import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.LogSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads one Pod's log to its end, however often the stream breaks.
 *
 * <p>A stream that ends says little: the container may have ended, or a connection somewhere in
 * between. A log is whole once it was read to a regular end by a request that was made after the
 * container had ended.
 */
public final class PodLog {
  private static final int MOST_FAILURES = 60;

  private final String pod;
  private final LogSource source;
  private final PodWatch watch;
  private final Duration pause;
  private final LogPosition position = new LogPosition();

  /** Tells whether a Pod's container has ended. */
  public interface PodWatch {
    /** Whether the Pod writes no more into its log. */
    boolean isOver(String pod) throws ClusterException;
  }

  /**
   * A log of which nothing is read yet.
   *
   * @param pause before it is opened again
   */
  public PodLog(String pod, LogSource source, PodWatch watch, Duration pause) {
    this.pod = pod;
    this.source = source;
    this.watch = watch;
    this.pause = pause;
  }

  /**
   * Reads until the container has ended and its log is read.
   *
   * @return why the rest cannot be had; empty where all of it was read
   */
  public Optional<String> read(Consumer<LogLine> to) throws InterruptedException {
    for (int failures = 0; ; Thread.sleep(pause)) {
      try {
        var isOver = watch.isOver(pod);
        var whole = readOnce(!isOver, to);
        if (isOver && whole) {
          return Optional.empty();
        }
        failures = 0;
      } catch (IOException e) {
        if (++failures >= MOST_FAILURES) {
          return Optional.of(String.valueOf(e.getMessage()));
        }
      } catch (ClusterException e) {
        if (!e.isPassing() || ++failures >= MOST_FAILURES) {
          return Optional.of(String.valueOf(e.getMessage()));
        }
      }
    }
  }

  /** Reads what there is, without waiting for more. */
  public void readOnce(Consumer<LogLine> to) throws IOException, ClusterException {
    readOnce(false, to);
  }

  /** Whether the rest was taken in, that is, the stream was not left to be opened again. */
  private boolean readOnce(boolean follow, Consumer<LogLine> to)
      throws IOException, ClusterException {
    var stream = source.open(pod, follow, position.last());
    if (stream.isEmpty()) {
      return true;
    }
    position.opened();
    try (var lines = new LineReader(stream.get())) {
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        tell(line.get(), to);
      }
      if (!follow) {
        lines.rest().ifPresent(rest -> tell(rest, to));
      }
      return true;
    }
  }

  private void tell(String text, Consumer<LogLine> to) {
    var line = LogLine.parse(text);
    if (position.isNew(line)) {
      to.accept(line);
    }
  }
}
