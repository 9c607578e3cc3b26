package dev.stagewright.worker.stages;

import dev.stagewright.protocol.FailureReason;
import java.io.IOException;

/** A base image could not be unpacked. The message names the image. */
final class BaseImageException extends IOException {
  private static final long serialVersionUID = 1L;

  private final FailureReason reason;

  BaseImageException(FailureReason reason, String message, IOException cause) {
    super(message, cause);
    this.reason = reason;
  }

  FailureReason reason() {
    return reason;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
