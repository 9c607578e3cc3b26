package dev.stagewright.kubectl.chart;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A part of a run in the chart.
 *
 * @param needs names of the stages that it waits for
 * @param spans by time, without gaps or overlaps
 * @param node empty until it has one
 * @param size in bytes, of what it wrote
 * @param remark the step it is at, or what keeps it
 */
record Row(
    String name,
    List<String> needs,
    State state,
    List<Span> spans,
    Optional<String> node,
    Optional<Long> size,
    String remark) {

  /** How far a part is. */
  enum State {
    WAITING,
    PENDING,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED
  }

  /** When it last did anything, or does. */
  Optional<Instant> end() {
    return spans.isEmpty() ? Optional.empty() : Optional.of(spans.getLast().to());
  }

  /** When its container started. */
  Optional<Instant> started() {
    return spans.stream()
        .filter(span -> span.kind() != Span.Kind.AWAITS_POD)
        .map(Span::from)
        .findFirst();
  }
}
