package dev.stagewright.registry.push;

import dev.stagewright.registry.http.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads the bytes of a blob in slices. Consecutive slices are read from one stream; otherwise, and
 * after a slice that was not read to its end, the content is opened again.
 */
final class ContentCursor implements AutoCloseable {
  private final Content content;
  private Optional<InputStream> opened = Optional.empty();
  private long position;

  ContentCursor(Content content) {
    this.content = content;
  }

  /**
   * Returns the bytes from an offset.
   *
   * @param length the number of bytes
   */
  Content slice(long offset, long length) {
    return Content.of(length, () -> new Slice(streamAt(offset), offset, length));
  }

  private synchronized InputStream streamAt(long offset) throws IOException {
    if (opened.isEmpty() || position != offset) {
      close();
      var stream = content.open();
      opened = Optional.of(stream);
      stream.skipNBytes(offset);
    }
    // Until the slice is read to its end, the stream has no position that another slice could
    // continue from.
    position = -1;
    return opened.orElseThrow();
  }

  private synchronized void finished(long end) {
    position = end;
  }

  @Override
  public synchronized void close() throws IOException {
    if (opened.isPresent()) {
      var stream = opened.get();
      opened = Optional.empty();
      stream.close();
    }
  }

  /** Leaves the stream open at the end of the slice, for the next one. */
  private final class Slice extends InputStream {
    private final InputStream in;
    private final long end;
    private long remaining;

    Slice(InputStream in, long offset, long length) {
      this.in = in;
      this.end = offset + length;
      this.remaining = length;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (remaining == 0) {
        // A stream that verifies its bytes does so at its end.
        return end == content.size() ? in.read(buffer, offset, length) : -1;
      }
      var read = in.read(buffer, offset, (int) Math.min(length, remaining));
      remaining -= Math.max(read, 0);
      if (remaining == 0) {
        finished(end);
      }
      return read;
    }
  }
}
