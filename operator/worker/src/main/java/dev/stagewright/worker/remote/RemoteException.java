package dev.stagewright.worker.remote;

import dev.stagewright.protocol.FailureReason;

/** A remote source cannot be fetched. The message is for users. */
final class RemoteException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;

  RemoteException(FailureReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  RemoteException(FailureReason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  FailureReason reason() {
    return reason;
  }
}
