package dev.stagewright.controller.logs;

import dev.stagewright.controller.cluster.ContainerReference;
import dev.stagewright.controller.cluster.LogStreams;
import dev.stagewright.controller.cluster.LogStreams.End;
import dev.stagewright.controller.cluster.LogStreams.LogStream;
import dev.stagewright.controller.cluster.LogStreams.Start;
import dev.stagewright.controller.logs.ContainerLogRecorder.Change;
import dev.stagewright.controller.metrics.LogMetrics;
import dev.stagewright.controller.metrics.LogMetrics.DroppedLine;
import dev.stagewright.controller.metrics.LogMetrics.Reopening;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the log of a container: opens a stream, opens it again after it was lost, and records
 * what the lines say.
 *
 * <p>Streams are opened and closed outside of the lock of this object: they have locks of their
 * own, under which they may call this object.
 */
final class FollowedContainer {
  private static final Logger LOG = LoggerFactory.getLogger(FollowedContainer.class);

  /** After this time without a line, the connection may be lost. */
  static final Duration SILENCE = Duration.ofMinutes(5);

  /** Enough to find the current step of most containers whose log is not read from its start. */
  private static final Optional<Integer> TAIL = Optional.of(200);

  private final ContainerReference container;
  private final boolean runsUserCode;
  private final LogStreams streams;
  private final LogTimer timer;
  private final LogMetrics metrics;
  private final Consumer<Change> changed;

  private final LogPosition position = new LogPosition();
  private final ContainerLogRecorder recorder;
  private final LogLineSplitter lines;
  private final LogBudget budget;
  private final ReopenDelay delay;
  private Optional<LogStream> stream = Optional.empty();

  /** The number of the current stream; calls from earlier ones are ignored. */
  private int attempt;

  private boolean isOpen;
  private boolean hasReceived;
  private boolean containerHasEnded;
  private boolean isComplete;
  private boolean isClosed;
  private Change pending = Change.NONE;

  FollowedContainer(
      ContainerReference container,
      boolean runsUserCode,
      LogStreams streams,
      LogTimer timer,
      LogMetrics metrics,
      Consumer<Change> changed) {
    this.container = container;
    this.runsUserCode = runsUserCode;
    this.streams = streams;
    this.timer = timer;
    this.metrics = metrics;
    this.changed = changed;
    recorder = new ContainerLogRecorder(runsUserCode);
    lines = new LogLineSplitter(!runsUserCode, this::addLine);
    budget = new LogBudget(timer.elapsed());
    delay = new ReopenDelay(container.hashCode());
  }

  /**
   * Opens the first stream. The log of a container that runs code of users may be long already if
   * the operator has just started.
   */
  void start() {
    open(runsUserCode ? TAIL : Optional.empty());
  }

  /** What the log contained so far. */
  synchronized ContainerLog log() {
    return recorder.log(isComplete);
  }

  /** The kubelet has reported the end of the container, so that no other stream is opened. */
  synchronized void containerEnded() {
    containerHasEnded = true;
  }

  /** Stops following. */
  void close() {
    Optional<LogStream> open;
    synchronized (this) {
      isClosed = true;
      open = endStream();
    }
    open.ifPresent(LogStream::close);
  }

  private void open(Optional<Integer> tailLines) {
    int number;
    Start start;
    synchronized (this) {
      if (isClosed || containerHasEnded) {
        return;
      }
      number = ++attempt;
      isOpen = true;
      hasReceived = false;
      lines.reset();
      position.restart();
      start = new Start(position.last(), tailLines);
      metrics.opened();
      watch(number);
    }
    var opened = streams.open(container, start, new CurrentReceiver(number));
    if (!keep(number, opened)) {
      opened.close();
    }
  }

  /** Whether the stream is still the current one after it was opened. */
  private synchronized boolean keep(int number, LogStream opened) {
    if (number != attempt) {
      return false;
    }
    stream = Optional.of(opened);
    return true;
  }

  /** Forgets the current stream, which the caller must close without the lock. */
  private Optional<LogStream> endStream() {
    attempt++;
    var ended = stream;
    stream = Optional.empty();
    if (isOpen) {
      isOpen = false;
      metrics.ended();
    }
    return ended;
  }

  /** Replaces a stream that delivers nothing any more. */
  private void watch(int watched) {
    timer.schedule(SILENCE, () -> replaceSilent(watched));
  }

  private void replaceSilent(int watched) {
    Optional<LogStream> silent;
    synchronized (this) {
      if (watched != attempt) {
        return;
      } else if (hasReceived) {
        hasReceived = false;
        watch(watched);
        return;
      }
      silent = endStream();
      reopen(Reopening.SILENT, Duration.ZERO, Optional.empty());
    }
    silent.ifPresent(LogStream::close);
  }

  private void reopen(Reopening reason, Duration after, Optional<Integer> tailLines) {
    if (!isClosed && !containerHasEnded) {
      metrics.reopening(reason);
      timer.schedule(after, () -> open(tailLines));
    }
  }

  /** Passes on what the current stream delivers. */
  private final class CurrentReceiver implements LogStreams.Receiver {
    private final int number;

    private CurrentReceiver(int number) {
      this.number = number;
    }

    @Override
    public void receive(ByteBuffer bytes) {
      var received = add(number, bytes);
      received.ended().ifPresent(LogStream::close);
      if (received.change() != Change.NONE) {
        changed.accept(received.change());
      }
    }

    @Override
    public void end(End end) {
      ended(number, end).ifPresent(LogStream::close);
    }
  }

  /** What some bytes have changed, and the stream that is over because of them. */
  private record Received(Change change, Optional<LogStream> ended) {}

  private synchronized Received add(int number, ByteBuffer bytes) {
    if (number != attempt) {
      return new Received(Change.NONE, Optional.empty());
    }
    hasReceived = true;
    pending = Change.NONE;
    var size = bytes.remaining();
    lines.append(bytes);
    metrics.dropped(DroppedLine.TRUNCATED, lines.takeTruncated());
    metrics.dropped(DroppedLine.REPEATED, position.takeRepeated());
    metrics.dropped(DroppedLine.UNTIMED, position.takeUntimed());
    if (!budget.spend(size, timer.elapsed()) || !runsUserCode) {
      return new Received(pending, Optional.empty());
    }
    var throttled = endStream();
    reopen(Reopening.THROTTLED, budget.recovery(), TAIL);
    return new Received(pending, throttled);
  }

  private void addLine(String line) {
    position
        .read(line)
        .ifPresent(text -> {
          delay.reset();
          pending = pending.and(recorder.add(text));
        });
  }

  private synchronized Optional<LogStream> ended(int number, End end) {
    if (number != attempt) {
      return Optional.empty();
    }
    var ended = endStream();
    switch (end) {
      case End.Completed _ -> {
        isComplete = containerHasEnded;
        reopen(Reopening.COMPLETED, delay.afterCompletion(), Optional.empty());
      }
      case End.Refused(var reason) -> {
        LOG.debug("the log of {} cannot be followed: {}", container, reason);
        reopen(Reopening.REFUSED, delay.afterFailure(), Optional.empty());
      }
      case End.Broken(var reason) -> {
        LOG.debug("the log stream of {} was lost: {}", container, reason);
        reopen(Reopening.BROKEN, delay.afterFailure(), Optional.empty());
      }
    }
    return ended;
  }
}
