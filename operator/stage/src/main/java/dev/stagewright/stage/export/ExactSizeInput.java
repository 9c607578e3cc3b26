package dev.stagewright.stage.export;

import dev.stagewright.layers.io.CorruptBlobException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that fails as soon as it has more bytes than expected, or if it ends before. */
final class ExactSizeInput extends FilterInputStream {
  private final long size;
  private long read;

  ExactSizeInput(InputStream in, long size) {
    super(in);
    this.size = size;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    var count = in.read(into, offset, length);
    if (count > 0) {
      read += count;
    }
    if (read > size || (count < 0 && read < size)) {
      throw new CorruptBlobException(
          "the content has %s bytes than %d".formatted(count < 0 ? "fewer" : "more", size));
    }
    return count;
  }

  /** Skips by reading, because skipped bytes count, too. */
  @Override
  public long skip(long count) throws IOException {
    var skipped = 0L;
    var buffer = new byte[Math.clamp(count, 0, 8192)];
    while (skipped < count) {
      var got = read(buffer, 0, (int) Math.min(count - skipped, buffer.length));
      if (got < 0) {
        break;
      }
      skipped += got;
    }
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
