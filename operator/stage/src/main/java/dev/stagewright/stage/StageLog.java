package dev.stagewright.stage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The stage's log: what commands write, as it comes, and lines of our own, which always begin on a
 * line of their own.
 */
final class StageLog extends OutputStream {
  private final OutputStream out;
  private boolean atLineStart = true;

  StageLog(OutputStream out) {
    this.out = out;
  }

  /** Writes a line of our own. */
  synchronized void line(String text) {
    try {
      write(((atLineStart ? "" : "\n") + text + "\n").getBytes(StandardCharsets.UTF_8));
      flush();
    } catch (IOException _) {
      // A log that nobody takes any more must not end the build.
    }
  }

  @Override
  public synchronized void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    if (length > 0) {
      atLineStart = bytes[offset + length - 1] == '\n';
    }
  }

  @Override
  public synchronized void flush() throws IOException {
    out.flush();
  }
}
