package dev.stagewright.stage.linux;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Writes to an open file and skips blocks of zeros. */
final class SparseOutput extends OutputStream {
  private static final int BLOCK = 4096;
  private static final int SEEK_SET = 0;

  private final SystemCalls system;
  private final long descriptor;
  private final String path;
  private final DescriptorOutput out;
  private final byte[] block = new byte[BLOCK];
  private final byte[] zeros = new byte[BLOCK];
  private int filled;
  private long position;
  private boolean skipped;
  private boolean closed;

  SparseOutput(SystemCalls system, long descriptor, String path) {
    this.system = system;
    this.descriptor = descriptor;
    this.path = path;
    this.out = new DescriptorOutput(system, descriptor, path);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    var done = 0;
    while (done < length) {
      var count = Math.min(length - done, BLOCK - filled);
      System.arraycopy(from, offset + done, block, filled, count);
      filled += count;
      done += count;
      if (filled == BLOCK) {
        put();
      }
    }
  }

  private void put() throws IOException {
    if (Arrays.equals(block, 0, filled, zeros, 0, filled)) {
      skipped = true;
    } else {
      if (skipped) {
        system.check(
            system.call(SystemCall.LSEEK, descriptor, position, SEEK_SET), SystemCall.LSEEK, path);
        skipped = false;
      }
      out.write(block, 0, filled);
    }
    position += filled;
    filled = 0;
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      put();
      system.check(
          system.call(SystemCall.FTRUNCATE, descriptor, position), SystemCall.FTRUNCATE, path);
    }
  }
}
