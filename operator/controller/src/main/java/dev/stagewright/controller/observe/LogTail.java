package dev.stagewright.controller.observe;

import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.PrintableText;
import dev.stagewright.protocol.StepMarker;
import dev.stagewright.protocol.WaitMarker;
import java.util.List;
import java.util.Optional;

/**
 * The end of a Pod's log.
 *
 * @param marker of the last step that started
 * @param output the last lines since that step started, in printable form
 */
public record LogTail(Optional<StepMarker> marker, List<String> output) {
  private static final int LINES_FOR_USERS = 20;

  /** Includes the lines in which the Pod itself reports a failure. */
  private static final int LINES_KEPT = 50;

  private static final int MAX_LINE_BYTES = 500;
  private static final int MAX_TAIL_BYTES = 8 * 1024;

  private static final String ERROR = "ERROR: ";

  /** Length of the prefix that a message is searched by; the rest may be truncated. */
  private static final int PREFIX_LENGTH = 100;

  /** Parses the end of a log. */
  static LogTail of(String log) {
    // Only a line feed ends a line: a progress bar overwrites its line with carriage returns.
    var lines =
        List.of((log.endsWith("\n") ? log.substring(0, log.length() - 1) : log).split("\n", -1));
    for (var i = lines.size() - 1; i >= 0; i--) {
      var marker = StepMarker.parse(lines.get(i));
      if (marker.isPresent()) {
        return new LogTail(marker, end(lines.subList(i + 1, lines.size())));
      }
    }
    return new LogTail(Optional.empty(), end(lines));
  }

  private static List<String> end(List<String> lines) {
    return PrintableText.tail(lines, LINES_KEPT, MAX_LINE_BYTES, 2 * MAX_TAIL_BYTES);
  }

  /** The last step that started, for example {@code 3/4 RUN make}. */
  public Optional<String> step() {
    return marker.map(StepMarker::step);
  }

  /** The name of the stage of that step; a Pod may run several stages. */
  public Optional<String> stage() {
    return marker.map(StepMarker::stage);
  }

  /** The name of the stage that the Pod waits for, if the Pod waits. */
  public Optional<String> awaitedStage() {
    return output.isEmpty()
        ? Optional.empty()
        : WaitMarker.parse(output.getLast()).map(WaitMarker::stage);
  }

  /**
   * The last lines of the step's output, without the line in which the Pod itself reports the
   * failure.
   */
  public List<String> tail(Failure failure) {
    return PrintableText.tail(
        output.subList(0, endOfOutput(failure.message())),
        LINES_FOR_USERS,
        MAX_LINE_BYTES,
        MAX_TAIL_BYTES);
  }

  private int endOfOutput(String message) {
    var first = message.lines().findFirst().orElse("");
    var prefix = first.substring(0, Math.min(first.length(), PREFIX_LENGTH));
    for (var i = output.size() - 1; i >= 0; i--) {
      if (output.get(i).startsWith(ERROR)) {
        return output.get(i).contains(prefix) ? i : output.size();
      }
    }
    return output.size();
  }

  /** Whether another step has started, or the Pod waits for another stage. */
  boolean differsFrom(LogTail before) {
    return (marker.isPresent() && !marker.equals(before.marker))
        || !awaitedStage().equals(before.awaitedStage());
  }
}
