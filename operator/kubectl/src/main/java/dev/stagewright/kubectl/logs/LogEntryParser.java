package dev.stagewright.kubectl.logs;

import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.StepMarker;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the source of each line in the log of a Pod: the task of the Pod or, in a Pod that runs
 * several stages, the stage that started the latest step. Removes the plan, which prepare sends to
 * the operator in its log.
 */
final class LogEntryParser {
  private final Set<String> sources;
  private String source;

  /**
   * A parser at the start of a log.
   *
   * @param source source of the first line
   * @param sources names of all stages in the Pod
   */
  LogEntryParser(String source, Set<String> sources) {
    this.source = source;
    this.sources = sources;
  }

  /** Returns the line with its source; empty for a line of the plan. */
  Optional<LogEntry> parse(LogLine line) {
    if (LogFrame.isFrame(line.text())) {
      return Optional.empty();
    }
    var marker = StepMarker.parse(line.text()).filter(it -> sources.contains(it.stage()));
    marker.ifPresent(it -> source = it.stage());
    return Optional.of(
        new LogEntry(
            source,
            line.time(),
            marker.isPresent(),
            marker.map(StepMarker::step).orElse(line.text())));
  }
}
