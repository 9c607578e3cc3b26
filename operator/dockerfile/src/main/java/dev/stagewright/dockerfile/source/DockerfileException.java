package dev.stagewright.dockerfile.source;

import java.util.Optional;

/**
 * A mistake in a Dockerfile, in the words users know from Docker: {@code dockerfile parse error on
 * line 3: unknown instruction: FRM (did you mean FROM?)}.
 */
public class DockerfileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final transient Position position;
  private final String offending;

  /**
   * A mistake.
   *
   * @param position of the offending text, or of its instruction
   * @param reason what is wrong, without the line
   * @param offending the text that is wrong; empty where it is the whole instruction
   */
  public DockerfileException(Position position, String reason, String offending) {
    this(
        position,
        reason,
        offending,
        "dockerfile parse error on line " + position.line() + ": " + reason);
  }

  /** A mistake whose message is not that of a parse error. */
  protected DockerfileException(
      Position position, String reason, String offending, String message) {
    super(message);
    this.position = position;
    this.reason = reason;
    this.offending = offending;
  }

  /** A mistake that concerns a whole instruction. */
  public DockerfileException(Position position, String reason) {
    this(position, reason, "");
  }

  /** What is wrong, without {@code dockerfile parse error on line N}. */
  public final String reason() {
    return reason;
  }

  /** Where the mistake is. */
  public final Position position() {
    return position;
  }

  /** The text that is wrong; empty where it is the whole instruction. */
  public final Optional<String> offending() {
    return offending.isEmpty() ? Optional.empty() : Optional.of(offending);
  }
}
