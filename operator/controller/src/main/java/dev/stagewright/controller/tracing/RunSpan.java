package dev.stagewright.controller.tracing;

import io.opentelemetry.api.common.Attributes;
import java.time.Instant;
import java.util.Optional;

/**
 * A span of the trace of a run.
 *
 * @param path identifies the span in the trace of its run, such as {@code stage/s0/1/run}
 * @param parent path of the parent; empty for the span of the run
 * @param error why the work failed; empty if it did not
 */
public record RunSpan(
    String path,
    Optional<String> parent,
    String name,
    Instant start,
    Instant end,
    Attributes attributes,
    Optional<String> error) {

  /** The path of the span of the run. */
  public static final String ROOT = "";

  /** Clocks of different machines may differ: a span does not end before it starts. */
  public RunSpan {
    end = end.isBefore(start) ? start : end;
  }

  /** A span below the span of the run. */
  static RunSpan child(
      String path, String name, Instant start, Instant end, Attributes attributes) {
    return child(ROOT, path, name, start, end, attributes);
  }

  /** A span below another one. */
  static RunSpan child(
      String parent, String path, String name, Instant start, Instant end, Attributes attributes) {
    return new RunSpan(path, Optional.of(parent), name, start, end, attributes, Optional.empty());
  }

  /** The same span of work that failed. */
  RunSpan failed(String message, String reason) {
    return new RunSpan(
        path,
        parent,
        name,
        start,
        end,
        attributes.toBuilder().put(SpanAttributes.ERROR_TYPE, reason).build(),
        Optional.of(message));
  }
}
