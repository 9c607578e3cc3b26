package dev.stagewright.stage.base;

import java.io.IOException;

/** A base image exceeds its {@link UnpackLimit}. */
public final class BaseTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  BaseTooLargeException(String message) {
    super(message);
  }
}
