package dev.stagewright.stage.linux;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/** Writes to an open file descriptor without further buffering. */
final class DescriptorOutput extends OutputStream {
  private final SystemCalls system;
  private final long descriptor;
  private final String path;
  private boolean closed;

  DescriptorOutput(SystemCalls system, long descriptor, String path) {
    this.system = system;
    this.descriptor = descriptor;
    this.path = path;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, from.length);
    var buffer = system.buffer();
    var done = 0;
    while (done < length) {
      var chunk = Math.min(length - done, buffer.size());
      buffer.put(from, offset + done, chunk);
      done +=
          (int)
              system.check(
                  system.call(SystemCall.WRITE, descriptor, buffer.address(), chunk),
                  SystemCall.WRITE,
                  path);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      system.call(SystemCall.CLOSE, descriptor);
    }
  }
}
