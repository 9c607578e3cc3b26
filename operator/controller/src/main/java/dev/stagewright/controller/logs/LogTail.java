package dev.stagewright.controller.logs;

import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.PrintableText;
import dev.stagewright.protocol.StepMarker;
import java.util.List;
import java.util.Optional;

/**
 * The end of a container's log.
 *
 * @param marker of the last step that started
 * @param awaitedStage the name of the stage that the container waits for, if it waits
 * @param output the last lines since that step started, in printable form
 */
public record LogTail(
    Optional<StepMarker> marker, Optional<String> awaitedStage, List<String> output) {
  private static final int LINES_FOR_USERS = 20;
  static final int MAX_LINE_BYTES = 500;
  static final int MAX_TAIL_BYTES = 8 * 1024;

  private static final String ERROR = "ERROR: ";

  /** Length of the prefix that a message is searched by; the rest may be truncated. */
  private static final int PREFIX_LENGTH = 100;

  /** Copies the list. */
  public LogTail {
    output = List.copyOf(output);
  }

  /** The last step that started, for example {@code 3/4 RUN make}. */
  public Optional<String> step() {
    return marker.map(StepMarker::step);
  }

  /** The name of the stage of that step; a Pod may run several stages. */
  public Optional<String> stage() {
    return marker.map(StepMarker::stage);
  }

  /**
   * The last lines of the step's output, without the line in which the container itself reports the
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
}
