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

  /** With a sentence instead of the kernel's words. */
  LinuxException(String message, Errno errno) {
    super(message);
    this.errno = errno.number();
  }

  /** What went wrong. */
  public Errno errno() {
    return new Errno(errno);
  }
}
