package dev.stagewright.stage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes the log of a stage: the unchanged output of commands, and lines of the runtime, which
 * always start on a new line.
 */
final class StageLog extends OutputStream {
  private final OutputStream out;
  private boolean atLineStart = true;

  StageLog(OutputStream out) {
    this.out = out;
  }

  /** Writes a line of the runtime. */
  synchronized void line(String text) {
    try {
      write(((atLineStart ? "" : "\n") + text + "\n").getBytes(StandardCharsets.UTF_8));
      flush();
    } catch (IOException _) {
      // A closed log must not fail the build.
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
