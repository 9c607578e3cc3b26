package dev.stagewright.stage.mount;

import dev.stagewright.protocol.FailureReason;

/** Something cannot be mounted as asked; the message says why, for users. */
public final class MountException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;

  MountException(FailureReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** What kind of failure it is. */
  public FailureReason reason() {
    return reason;
  }
}
