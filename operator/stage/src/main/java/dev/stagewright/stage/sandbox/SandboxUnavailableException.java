package dev.stagewright.stage.sandbox;

import java.io.IOException;

/** A sandbox cannot do something exactly as it was asked for. The message says what, and why. */
public final class SandboxUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With a sentence for users. */
  public SandboxUnavailableException(String message) {
    super(message);
  }
}
