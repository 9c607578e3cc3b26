package dev.stagewright.stage.copy;

import java.io.IOException;

/** The content of an archive cannot be read, for example because the archive is truncated. */
final class UnreadableArchiveException extends IOException {
  private static final long serialVersionUID = 1L;

  UnreadableArchiveException(Exception cause) {
    super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
  }
}
