package dev.stagewright.layers.tar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class LargeEntryTest {
  private static final long SIZE = (8L << 30) + 7;
  private static final int HEADERS = 3 * HeaderBlock.SIZE;

  @Test
  @Timeout(120)
  void streamsMoreThan8Gib() throws IOException {
    var entry = TarEntry.file("large", SIZE);
    var written = new Sink();
    try (var tar = new TarWriter(written)) {
      tar.put(entry, new Zeros(SIZE));
      assertThat(tar.position()).isEqualTo(HEADERS + SIZE + HeaderBlock.padding(SIZE));
    }

    var head = new ByteArrayInputStream(written.head.toByteArray(), 0, HEADERS);
    var rest = new Zeros(written.count - HEADERS);
    try (var tar = new TarReader(new SequenceInputStream(head, rest))) {
      assertThat(tar.next()).contains(entry);
      assertThat(tar.next()).isEmpty();
    }
  }

  /** Counts bytes, and keeps only the first ones. */
  private static final class Sink extends OutputStream {
    final ByteArrayOutputStream head = new ByteArrayOutputStream();
    long count;

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      if (count < HEADERS) {
        head.write(bytes, offset, length);
      }
      count += length;
    }
  }

  /** Generates zero bytes. */
  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long count) {
      left = count;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      var count = (int) Math.min(length, left);
      left -= count;
      return count;
    }
  }
}
