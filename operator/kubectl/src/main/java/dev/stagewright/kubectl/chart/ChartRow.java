package dev.stagewright.kubectl.chart;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The row of a task in the chart.
 *
 * @param dependencies names of the stages that the task depends on
 * @param spans spans by time, without gaps or overlaps
 * @param node node of the Pod; empty until the Pod is scheduled
 * @param size size of the layers that the task wrote, in bytes
 * @param detail the current step, or the reason for which the task waits
 */
record ChartRow(
    String name,
    List<String> dependencies,
    State state,
    List<Span> spans,
    Optional<String> node,
    Optional<Long> size,
    String detail) {

  /** The state of a task. */
  enum State {
    WAITING,
    PENDING,
    RUNNING,
    DONE,
    /** All steps of the stage are cached, so that no container ran. */
    CACHED,
    FAILED,
    CANCELLED
  }

  /** The end of the last span. */
  Optional<Instant> end() {
    return spans.isEmpty() ? Optional.empty() : Optional.of(spans.getLast().to());
  }

  /** The start time of the container. */
  Optional<Instant> started() {
    return spans.stream()
        .filter(span -> span.kind() != Span.Kind.PENDING)
        .map(Span::from)
        .findFirst();
  }
}
