package dev.stagewright.stage.mount;

import java.io.IOException;

/** The file system does not support file locks. */
final class LocksUnsupportedException extends IOException {
  private static final long serialVersionUID = 1L;

  LocksUnsupportedException(IOException cause) {
    super("the file system does not support file locks: " + cause.getMessage(), cause);
  }
}
