package dev.stagewright.protocol;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The line that a stage logs when a step begins, {@code [builder 3/4] RUN make}: for people, and
 * for the operator, which shows the last one as the stage's step in status.
 *
 * @param stage the stage's name
 * @param number of the step, counted from 1; FROM is the first
 * @param total number of steps, FROM included
 * @param instruction as {@link InstructionPosition#instruction} has it
 */
public record StepMarker(String stage, int number, int total, String instruction) {
  private static final Pattern LINE =
      Pattern.compile("\\[(\\S+) ([0-9]{1,6})/([0-9]{1,6})] ([A-Z].*)");

  /** Reads a line of a stage's log; empty where it is no marker. */
  public static Optional<StepMarker> parse(String line) {
    var match = LINE.matcher(line);
    return match.matches()
        ? Optional.of(
            new StepMarker(
                match.group(1),
                Integer.parseInt(match.group(2)),
                Integer.parseInt(match.group(3)),
                match.group(4)))
        : Optional.empty();
  }

  /** What status shows: {@code 3/4 RUN make}. */
  public String step() {
    return number + "/" + total + " " + instruction;
  }

  /** The line itself. */
  @Override
  public String toString() {
    return "[" + stage + " " + number + "/" + total + "] " + instruction;
  }
}
