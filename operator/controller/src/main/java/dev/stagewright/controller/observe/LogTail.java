package dev.stagewright.controller.observe;

import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.PrintableText;
import dev.stagewright.protocol.StepMarker;
import dev.stagewright.protocol.WaitMarker;
import java.util.List;
import java.util.Optional;

/**
 * What the end of a Pod's log says.
 *
 * @param marker of the last step that began
 * @param output the last lines in printable form, without those before that step
 */
public record LogTail(Optional<StepMarker> marker, List<String> output) {
  private static final int LINES_FOR_USERS = 20;

  /** With those by which a Pod tells of a failure. */
  private static final int LINES_KEPT = 50;

  private static final int LARGEST_LINE = 500;
  private static final int LARGEST_TAIL = 8 * 1024;

  private static final String ERROR = "ERROR: ";

  /** Characters of a message by which its line is found; the rest may have been cut. */
  private static final int KNOWN_BY = 100;

  /** Reads it from the end of a log. */
  static LogTail of(String log) {
    // Only a line feed ends a line: a progress bar rewrites its own with carriage returns.
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
    return PrintableText.tail(lines, LINES_KEPT, LARGEST_LINE, 2 * LARGEST_TAIL);
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
    return output.isEmpty()
        ? Optional.empty()
        : WaitMarker.parse(output.getLast()).map(WaitMarker::stage);
  }

  /**
   * The last lines for users: what the step printed, without the line by which the Pod itself tells
   * of the failure.
   */
  public List<String> tail(Failure failure) {
    return PrintableText.tail(
        output.subList(0, endOfOutput(failure.message())),
        LINES_FOR_USERS,
        LARGEST_LINE,
        LARGEST_TAIL);
  }

  private int endOfOutput(String message) {
    var first = message.lines().findFirst().orElse("");
    var known = first.substring(0, Math.min(first.length(), KNOWN_BY));
    for (var i = output.size() - 1; i >= 0; i--) {
      if (output.get(i).startsWith(ERROR)) {
        return output.get(i).contains(known) ? i : output.size();
      }
    }
    return output.size();
  }

  /** Whether it tells of another turn than what was known before. */
  boolean isNewsAfter(LogTail before) {
    return (marker.isPresent() && !marker.equals(before.marker))
        || !awaitedStage().equals(before.awaitedStage());
  }
}
