package dev.stagewright.protocol;

import java.util.Optional;

/**
 * Why a Pod of a build gave up.
 *
 * @param reason what kind of failure
 * @param message for the user: what happened, where, and what to do, in a line or a few; it becomes
 *     {@link PrintableText} of at most {@link #LARGEST_MESSAGE} bytes
 * @param stage name of the stage; empty where it was none's
 * @param position of the instruction; empty where it was none's
 * @param exitCode of the command, for {@link FailureReason#RunFailed}; 128 and the signal's number
 *     where a signal ended it
 */
public record Failure(
    FailureReason reason,
    String message,
    Optional<String> stage,
    Optional<InstructionPosition> position,
    Optional<Integer> exitCode) {
  /** Bytes of a message, so that a termination message holds it with all that is beside it. */
  public static final int LARGEST_MESSAGE = 2048;

  public Failure {
    message = PrintableText.message(message, LARGEST_MESSAGE);
  }

  /** A failure that belongs to no instruction. */
  public static Failure of(FailureReason reason, String message) {
    return new Failure(reason, message, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** A failure at an instruction. */
  public static Failure at(
      FailureReason reason, String message, String stage, InstructionPosition position) {
    return new Failure(
        reason, message, Optional.of(stage), Optional.of(position), Optional.empty());
  }
}
