package dev.stagewright.dockerfile.source;

import java.util.Optional;

/**
 * An error in a Dockerfile, with the message that Docker shows: {@code dockerfile parse error on
 * line 3: unknown instruction: FRM (did you mean FROM?)}.
 */
public class DockerfileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final transient Position position;
  private final String offending;

  /**
   * Creates an error.
   *
   * @param position of the invalid text, or of its instruction
   * @param reason the error without the line number
   * @param offending the invalid text; empty if the whole instruction is invalid
   */
  public DockerfileException(Position position, String reason, String offending) {
    this(
        position,
        reason,
        offending,
        "dockerfile parse error on line " + position.line() + ": " + reason);
  }

  /** Creates an error with a message that is not a parse error. */
  protected DockerfileException(
      Position position, String reason, String offending, String message) {
    super(message);
    this.position = position;
    this.reason = reason;
    this.offending = offending;
  }

  /** Creates an error that concerns a whole instruction. */
  public DockerfileException(Position position, String reason) {
    this(position, reason, "");
  }

  /** The error without {@code dockerfile parse error on line N}. */
  public final String reason() {
    return reason;
  }

  /** The position of the error. */
  public final Position position() {
    return position;
  }

  /** The invalid text; empty if the whole instruction is invalid. */
  public final Optional<String> offending() {
    return offending.isEmpty() ? Optional.empty() : Optional.of(offending);
  }
}
