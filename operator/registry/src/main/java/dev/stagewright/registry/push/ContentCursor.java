package dev.stagewright.registry.push;

import dev.stagewright.registry.http.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads a blob's bytes in pieces. Pieces that follow each other come out of one stream; after any
 * other step, and after a piece that was not read to its end, the bytes are opened anew.
 */
final class ContentCursor implements AutoCloseable {
  private final Content content;
  private Optional<InputStream> open = Optional.empty();
  private long position;

  ContentCursor(Content content) {
    this.content = content;
  }

  /**
   * The bytes from here on.
   *
   * @param length how many there are to be, at most
   */
  Content piece(long offset, long length) {
    return Content.of(length, () -> new Piece(at(offset), offset, length));
  }

  private synchronized InputStream at(long offset) throws IOException {
    if (open.isEmpty() || position != offset) {
      close();
      var stream = content.open();
      open = Optional.of(stream);
      stream.skipNBytes(offset);
    }
    // Until the piece is read to its end, the stream is nowhere that another could go on from.
    position = -1;
    return open.orElseThrow();
  }

  private synchronized void finished(long end) {
    position = end;
  }

  @Override
  public synchronized void close() throws IOException {
    if (open.isPresent()) {
      var stream = open.get();
      open = Optional.empty();
      stream.close();
    }
  }

  /** Leaves the stream open at its end, for the next piece. */
  private final class Piece extends InputStream {
    private final InputStream in;
    private final long end;
    private long left;

    Piece(InputStream in, long offset, long length) {
      this.in = in;
      this.end = offset + length;
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left == 0) {
        // A stream that checks its bytes does so at its end.
        return end == content.size() ? in.read(buffer, offset, length) : -1;
      }
      var read = in.read(buffer, offset, (int) Math.min(length, left));
      left -= Math.max(read, 0);
      if (left == 0) {
        finished(end);
      }
      return read;
    }
  }
}
