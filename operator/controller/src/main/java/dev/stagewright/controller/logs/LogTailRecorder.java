package dev.stagewright.controller.logs;

import dev.stagewright.protocol.PrintableText;
import dev.stagewright.protocol.StepMarker;
import dev.stagewright.protocol.WaitMarker;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/** Records the last lines of a log since the last step started. */
final class LogTailRecorder {
  /** Includes the lines in which the container itself reports a failure. */
  private static final int LINES_KEPT = 50;

  private static final int MAX_BYTES = 2 * LogTail.MAX_TAIL_BYTES;

  private final ArrayDeque<String> output = new ArrayDeque<>();
  private Optional<StepMarker> marker = Optional.empty();
  private Optional<String> awaited = Optional.empty();

  /** Adds a line and returns whether the step or the stage to wait for changes. */
  boolean add(String line) {
    var awaitedBefore = awaited;
    awaited = WaitMarker.parse(line).map(WaitMarker::stage);
    var started = StepMarker.parse(line);
    if (started.isPresent()) {
      marker = started;
      output.clear();
      return true;
    }
    var shown = PrintableText.line(line, LogTail.MAX_LINE_BYTES);
    // A line that only moved the cursor is not shown.
    if (!shown.isBlank() || line.isBlank()) {
      output.addLast(shown);
    }
    if (output.size() > LINES_KEPT) {
      output.removeFirst();
    }
    return !awaited.equals(awaitedBefore);
  }

  /** The lines so far. */
  LogTail tail() {
    return new LogTail(
        marker,
        awaited,
        PrintableText.tail(List.copyOf(output), LINES_KEPT, LogTail.MAX_LINE_BYTES, MAX_BYTES));
  }
}
