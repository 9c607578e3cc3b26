package dev.stagewright.layers.tar;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads a tar archive, entry by entry: ustar, PAX with extended attributes, GNU long names and
 * numbers, and the old V7 format.
 *
 * <p>Names are normalized to relative paths, without {@code .} elements and without duplicate,
 * leading or trailing slashes. {@code ..} elements are kept; the caller must reject them. An
 * archive may end without its two closing blocks, as in other programs, but not inside an entry.
 * Not thread-safe.
 */
public final class TarReader implements Closeable {
  private final InputStream in;
  private final HeaderReader headers;
  private Content content = new Content(0, "");

  /** Creates a reader. It reads small blocks, so an unbuffered stream should be buffered. */
  public TarReader(InputStream in) {
    this.in = in;
    this.headers = new HeaderReader(in);
  }

  /**
   * Returns the next entry, after skipping unread content of the previous one; empty at the end.
   *
   * @throws MalformedTarException if the archive is corrupt, truncated, or uses an unsupported
   *     feature (sparse files, archives in several volumes)
   */
  public Optional<TarEntry> next() throws IOException {
    content.finish();
    var entry = headers.next();
    content = entry.map(e -> new Content(e.size(), e.name())).orElseGet(() -> new Content(0, ""));
    return entry;
  }

  /** The raw path of the entry that was read last, as the archive contains it. */
  public String path() {
    return headers.path();
  }

  /** The content of the entry that was read last, valid until the next entry is read. */
  public InputStream content() {
    return content;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** The unread content of an entry. */
  private final class Content extends InputStream {
    private final String name;
    private final int padding;
    private long remaining;

    Content(long size, String name) {
      this.remaining = size;
      this.padding = HeaderBlock.padding(size);
      this.name = name;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (remaining == 0) {
        return -1;
      }
      var count = in.read(into, offset, (int) Math.min(remaining, length));
      if (count < 0) {
        throw truncated();
      }
      remaining -= count;
      return count;
    }

    @Override
    public int available() throws IOException {
      return (int) Math.min(remaining, in.available());
    }

    void finish() throws IOException {
      try {
        in.skipNBytes(remaining + padding);
      } catch (EOFException _) {
        throw truncated();
      }
      remaining = 0;
    }

    private MalformedTarException truncated() {
      return new MalformedTarException("tar ends inside " + RawName.text(name));
    }
  }
}
