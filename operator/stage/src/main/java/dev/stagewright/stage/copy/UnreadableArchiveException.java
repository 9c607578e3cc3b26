package dev.stagewright.stage.copy;

import java.io.IOException;

/** What is in an archive cannot be read, for example because it ends too early. */
final class UnreadableArchiveException extends IOException {
  private static final long serialVersionUID = 1L;

  UnreadableArchiveException(Exception cause) {
    super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
  }
}
