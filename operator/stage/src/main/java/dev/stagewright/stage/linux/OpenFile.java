package dev.stagewright.stage.linux;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Reads an open file without further buffering, and its extended attributes. */
public final class OpenFile extends InputStream {
  private final SystemCalls system;
  private final long descriptor;
  private final String path;
  private boolean closed;

  OpenFile(SystemCalls system, long descriptor, String path) {
    this.system = system;
    this.descriptor = descriptor;
    this.path = path;
  }

  /** The extended attributes of the file, which can be read until it is closed. */
  public FileAttributes attributes() {
    return new FileAttributes(
        system, path, ExtendedAttributes.isTooLong(path) ? FileAttributes.Calls.NONE : calls());
  }

  private FileAttributes.Calls calls() {
    return new FileAttributes.Calls() {
      @Override
      public long list(long address, long size) {
        return system.call(SystemCall.FLISTXATTR, descriptor, address, size);
      }

      @Override
      public long get(long name, long address, long size) {
        return system.call(SystemCall.FGETXATTR, descriptor, name, address, size);
      }
    };
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    var buffer = system.buffer();
    var wanted = Math.min(length, buffer.size());
    var count =
        (int)
            system.check(
                system.call(SystemCall.READ, descriptor, buffer.address(), wanted),
                SystemCall.READ,
                path);
    if (count == 0) {
      return -1;
    }
    buffer.get(into, offset, count);
    return count;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      system.call(SystemCall.CLOSE, descriptor);
    }
  }
}
