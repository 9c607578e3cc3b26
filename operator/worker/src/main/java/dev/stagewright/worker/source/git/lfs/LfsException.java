package dev.stagewright.worker.source.git.lfs;

import dev.stagewright.protocol.FailureReason;

/** Content of Git LFS cannot be fetched. The message is for users, to follow the path of a file. */
final class LfsException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;

  LfsException(FailureReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  FailureReason reason() {
    return reason;
  }
}
