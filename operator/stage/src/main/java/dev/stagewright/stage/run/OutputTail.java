package dev.stagewright.stage.run;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Forwards the output of a command and keeps the end of it. */
final class OutputTail extends FilterOutputStream {
  private static final int SIZE = 8 * 1024;

  private final byte[] ring = new byte[SIZE];
  private long count;

  OutputTail(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    for (var i = Math.max(0, length - SIZE); i < length; i++) {
      ring[(int) ((count + i) % SIZE)] = bytes[offset + i];
    }
    count += length;
  }

  /** The end of the output. */
  String text() {
    var length = (int) Math.min(count, SIZE);
    var tail = new byte[length];
    for (var i = 0; i < length; i++) {
      tail[i] = ring[(int) ((count - length + i) % SIZE)];
    }
    return new String(tail, StandardCharsets.UTF_8);
  }

  /** Leaves the underlying stream open. */
  @Override
  public void close() throws IOException {
    flush();
  }
}
