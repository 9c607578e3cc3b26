package dev.stagewright.controller.tracing;

import dev.stagewright.controller.metrics.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends traces in the background, one at a time. While the collector does not answer, traces wait
 * in a queue of limited length; if it is full, they are dropped.
 */
final class TraceQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TraceQueue.class);

  /** Together with the retries of the exporter. */
  private static final Duration EXPORT_TIMEOUT = Duration.ofSeconds(60);

  private final SpanExporter exporter;
  private final Duration closeTimeout;
  private final BlockingQueue<List<SpanData>> queue;
  private final Counter exported;
  private final Counter failed;
  private final Counter dropped;
  private final Thread sender;
  private volatile boolean isClosed;
  private boolean isFailing;

  /**
   * Starts to send.
   *
   * @param capacity number of traces that can wait
   * @param closeTimeout how long to continue after the end of the operator
   */
  TraceQueue(SpanExporter exporter, int capacity, Duration closeTimeout, MeterRegistry registry) {
    this.exporter = exporter;
    this.closeTimeout = closeTimeout;
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.exported = counter(registry, "exported");
    this.failed = counter(registry, "failed");
    this.dropped = counter(registry, "dropped");
    this.sender = Thread.ofPlatform().daemon().name("traces").start(this::send);
  }

  private static Counter counter(MeterRegistry registry, String result) {
    return Metric.TRACE_SPANS.counter(registry, result);
  }

  /** Adds a trace. Never waits. */
  void add(List<SpanData> trace) {
    if (isClosed || !queue.offer(trace)) {
      dropped.increment(trace.size());
    }
  }

  private void send() {
    try {
      while (!isClosed || !queue.isEmpty()) {
        send(queue.take());
      }
    } catch (InterruptedException _) {
      queue.forEach(trace -> dropped.increment(trace.size()));
      queue.clear();
    }
  }

  private void send(List<SpanData> trace) throws InterruptedException {
    if (trace.isEmpty()) {
      return;
    }
    try {
      var result = exporter.export(trace).join(EXPORT_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      if (Thread.interrupted()) {
        failed.increment(trace.size());
        throw new InterruptedException();
      }
      record(trace.size(), result);
    } catch (RuntimeException e) {
      failed(trace.size(), e.toString());
    }
  }

  private void record(int spans, CompletableResultCode result) {
    if (!result.isSuccess()) {
      failed(spans, reason(result));
      return;
    }
    exported.increment(spans);
    if (isFailing) {
      LOG.info("traces are exported again");
      isFailing = false;
    }
  }

  private static String reason(CompletableResultCode result) {
    return switch (result.getFailureThrowable()) {
      case HttpExportException e when e.getResponse() != null ->
          "the collector answers with HTTP status " + e.getResponse().getStatusCode();
      case HttpExportException e when e.getCause() != null -> e.getCause().toString();
      case null -> "no answer";
      case Throwable e -> e.toString();
    };
  }

  /** Logs the first of several failures. */
  private void failed(int spans, String reason) {
    failed.increment(spans);
    if (!isFailing) {
      LOG.warn("cannot export traces; builds are not affected: {}", reason);
      isFailing = true;
    }
  }

  /** Sends the traces that wait, for a limited time. */
  @Override
  public void close() {
    isClosed = true;
    // Wakes the sender, if it waits for a trace.
    var _ = queue.offer(List.of());
    try {
      if (!sender.join(closeTimeout)) {
        sender.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    exporter.shutdown();
  }
}
