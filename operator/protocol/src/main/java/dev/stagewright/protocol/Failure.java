package dev.stagewright.protocol;

import java.util.Optional;

/**
 * The reason why a Pod of a build failed.
 *
 * @param reason kind of the failure
 * @param message message for the user in one or a few lines: what happened, where, and what to do;
 *     it is reduced to {@link PrintableText} of at most {@link #LARGEST_MESSAGE} bytes
 * @param stage name of the stage; empty if the failure belongs to no stage
 * @param position position of the instruction; empty if the failure belongs to no instruction
 * @param exitCode exit code of the command, for {@link FailureReason#RunFailed}; 128 plus the
 *     signal number if a signal terminated the command
 */
public record Failure(
    FailureReason reason,
    String message,
    Optional<String> stage,
    Optional<InstructionPosition> position,
    Optional<Integer> exitCode) {
  /** The largest message, in bytes. With all other parts it fits a termination message. */
  public static final int LARGEST_MESSAGE = 2048;

  public Failure {
    message = PrintableText.message(message, LARGEST_MESSAGE);
  }

  /** A failure that belongs to no instruction. */
  public static Failure of(FailureReason reason, String message) {
    return new Failure(reason, message, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** A failure of an instruction. */
  public static Failure at(
      FailureReason reason, String message, String stage, InstructionPosition position) {
    return new Failure(
        reason, message, Optional.of(stage), Optional.of(position), Optional.empty());
  }
}
