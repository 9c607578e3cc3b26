package dev.stagewright.controller.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts log streams and the lines that they lose. */
public final class LogMetrics {
  private final MeterRegistry registry;
  private final AtomicInteger open = new AtomicInteger();

  /** Why a stream is opened again. */
  public enum Reopening {
    /** The API server or the kubelet refused the request. */
    REFUSED,
    /** The connection failed. */
    BROKEN,
    /** The stream ended, but the container runs. */
    COMPLETED,
    /** The stream delivered nothing for a long time, so that the connection may be lost. */
    SILENT,
    /** The container prints more than the operator reads. */
    THROTTLED
  }

  /** Why a line is dropped. */
  public enum DroppedLine {
    /** An earlier stream has delivered the line. */
    REPEATED,
    /** The line is too long; its start is kept. */
    TRUNCATED,
    /** The line is a message of the kubelet. */
    UNTIMED
  }

  /** Records into this registry. */
  public LogMetrics(MeterRegistry registry) {
    this.registry = registry;
    Metric.LOG_STREAMS.gauge(registry, open::get);
  }

  /** A stream is opened. */
  public void opened() {
    open.incrementAndGet();
  }

  /** A stream has ended. */
  public void ended() {
    open.decrementAndGet();
  }

  /** A stream will be opened again. */
  public void reopening(Reopening reason) {
    Metric.LOG_REOPENINGS.counter(registry, label(reason)).increment();
  }

  /** Lines are dropped. */
  public void dropped(DroppedLine reason, long lines) {
    if (lines > 0) {
      Metric.LOG_DROPPED_LINES.counter(registry, label(reason)).increment((double) lines);
    }
  }

  private static String label(Enum<?> reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }
}
