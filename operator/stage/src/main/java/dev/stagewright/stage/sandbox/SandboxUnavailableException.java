package dev.stagewright.stage.sandbox;

import java.io.IOException;

/** A sandbox does not support a request exactly. The message says what and why. */
public final class SandboxUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  /** An error with a message for users. */
  public SandboxUnavailableException(String message) {
    super(message);
  }
}
