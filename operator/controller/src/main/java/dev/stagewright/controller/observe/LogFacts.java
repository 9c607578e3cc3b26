package dev.stagewright.controller.observe;

import dev.stagewright.protocol.StepMarker;
import dev.stagewright.protocol.WaitMarker;
import java.util.List;
import java.util.Optional;

/**
 * What the end of a Pod's log says.
 *
 * @param marker of the last step that began
 * @param tail the last lines
 */
public record LogFacts(Optional<StepMarker> marker, List<String> tail) {
  private static final int LINES_FOR_USERS = 20;

  /** Reads it from the last lines of a log. */
  static LogFacts of(List<String> lines) {
    var marker =
        lines.reversed().stream().flatMap(line -> StepMarker.parse(line).stream()).findFirst();
    var from = Math.max(0, lines.size() - LINES_FOR_USERS);
    return new LogFacts(marker, List.copyOf(lines.subList(from, lines.size())));
  }

  /** The last step that began, {@code 3/4 RUN make}. */
  public Optional<String> step() {
    return marker.map(StepMarker::step);
  }

  /** The stage of that step: a Pod may run several. */
  public Optional<String> stage() {
    return marker.map(StepMarker::stage);
  }

  /** The name of the stage that it waits for; empty where it is at work. */
  public Optional<String> awaitedStage() {
    return tail.isEmpty()
        ? Optional.empty()
        : WaitMarker.parse(tail.getLast()).map(WaitMarker::stage);
  }

  /** Whether it tells of another turn than what was known before. */
  boolean isNewsAfter(LogFacts before) {
    return (marker.isPresent() && !marker.equals(before.marker))
        || !awaitedStage().equals(before.awaitedStage());
  }
}
