package dev.stagewright.kubectl.logs;

import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.StepMarker;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the source of each line in the log of a container: the task of the container, or one of the
 * stages that run in it. Removes the lines that are meant for the operator.
 *
 * <p>Stages that share a Pod run one after another: a line belongs to the stage that started the
 * latest step. Stages in the worker Pod run at the same time: each of their lines starts with the
 * name of its stage in brackets.
 */
final class LogEntryParser {
  private static final Pattern NAMED = Pattern.compile("\\[([^]\\s]+)] (.*)", Pattern.DOTALL);

  private final Set<String> sources;
  private final boolean isConcurrent;
  private String source;

  /**
   * A parser at the start of a log.
   *
   * @param source source of the first line
   * @param sources names of all stages in the container, and {@code source}
   */
  LogEntryParser(String source, Set<String> sources) {
    this.source = source;
    this.sources = sources;
    isConcurrent = source.equals(TaskNames.PUBLISH);
  }

  /** Returns the line with its source; empty for a line that is meant for the operator. */
  Optional<LogEntry> parse(LogLine line) {
    if (LogFrame.isFrame(line.text())) {
      return Optional.empty();
    }
    var marker =
        StepMarker.parse(line.text()).filter(it -> isConcurrent || sources.contains(it.stage()));
    if (marker.isPresent()) {
      if (!isConcurrent) {
        source = marker.get().stage();
      }
      return Optional.of(
          new LogEntry(marker.get().stage(), line.time(), true, marker.get().step()));
    }
    var named = NAMED.matcher(line.text());
    return Optional.of(
        isConcurrent && named.matches()
            ? new LogEntry(named.group(1), line.time(), false, named.group(2))
            : new LogEntry(source, line.time(), false, line.text()));
  }
}
