package dev.stagewright.stage.mount;

import dev.stagewright.protocol.FailureReason;

/** A requested mount is not possible; the message is for users. */
public final class MountException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;

  MountException(FailureReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** The reason of the failure. */
  public FailureReason reason() {
    return reason;
  }
}
