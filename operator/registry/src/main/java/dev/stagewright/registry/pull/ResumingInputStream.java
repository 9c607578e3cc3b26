package dev.stagewright.registry.pull;

import dev.stagewright.registry.call.Retry;
import dev.stagewright.registry.error.Operation;
import dev.stagewright.registry.error.RegistryException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a blob. An interrupted download is resumed at the position where it ended. */
final class ResumingInputStream extends InputStream {
  private final Source source;
  private final long size;
  private final Operation operation;
  private final Retry.Attempts attempts;
  private InputStream in;
  private long position;

  /** Opens the blob at an offset. */
  @FunctionalInterface
  interface Source {
    /** Opens the bytes from an offset. */
    InputStream open(long offset) throws RegistryException;
  }

  ResumingInputStream(
      InputStream first, Source source, long size, Operation operation, Retry.Attempts attempts) {
    this.in = first;
    this.source = source;
    this.size = size;
    this.operation = operation;
    this.attempts = attempts;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    while (true) {
      try {
        return readOnce(buffer, offset, length);
      } catch (IOException e) {
        reopen(operation.failed(e));
      }
    }
  }

  private int readOnce(byte[] buffer, int offset, int length) throws IOException {
    var read = in.read(buffer, offset, length);
    if (read < 0 && position < size) {
      throw new EOFException("the response ended " + (size - position) + " bytes early");
    }
    if (read > 0) {
      position += read;
      attempts.progressed();
    }
    return read;
  }

  private void reopen(RegistryException failure) throws IOException {
    var last = failure;
    in.close();
    while (true) {
      attempts.failed(last);
      try {
        in = source.open(position);
        return;
      } catch (RegistryException e) {
        last = e;
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
