package dev.stagewright.stage.linux;

import dev.stagewright.layers.tar.RawName;
import java.io.IOException;

/** A system call failed. */
public final class LinuxException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int errno;

  LinuxException(String call, Errno errno, String path) {
    super(
        (path.isEmpty() ? "" : "/" + RawName.text(path) + ": ") + errno.text() + " (" + call + ")");
    this.errno = errno.number();
  }

  /** An error with its own message. */
  LinuxException(String message, Errno errno) {
    super(message);
    this.errno = errno.number();
  }

  /** The error number. */
  public Errno errno() {
    return new Errno(errno);
  }
}
