package dev.stagewright.protocol;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The line that a stage logs at the start of a step, {@code [builder 3/4] RUN make}. The operator
 * shows the last such line as the step of the stage in the status.
 *
 * @param stage name of the stage
 * @param number number of the step, counted from 1; FROM is the first
 * @param total number of steps, including FROM
 * @param instruction instruction as in {@link InstructionPosition#instruction}
 */
public record StepMarker(String stage, int number, int total, String instruction) {
  private static final Pattern LINE =
      Pattern.compile("\\[(\\S+) ([0-9]{1,6})/([0-9]{1,6})] ([A-Z].*)");

  /** Parses a line of the log of a stage; empty if it is not a marker. */
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

  /** The step in the status: {@code 3/4 RUN make}. */
  public String step() {
    return number + "/" + total + " " + instruction;
  }

  /** The line itself. */
  @Override
  public String toString() {
    return "[" + stage + " " + number + "/" + total + "] " + instruction;
  }
}
