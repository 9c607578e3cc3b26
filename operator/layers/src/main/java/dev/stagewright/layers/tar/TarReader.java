package dev.stagewright.layers.tar;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads a tar archive, entry by entry: ustar, PAX with extended attributes, GNU long names and
 * numbers, and the old V7 form.
 *
 * <p>Names come out relative and clean, without {@code .} parts and doubled, leading or trailing
 * slashes; {@code ..} parts are kept, and are the caller's to refuse. An archive may end without
 * its two closing blocks, as other programs allow, but not inside an entry. Not for use by several
 * threads.
 */
public final class TarReader implements Closeable {
  private final InputStream in;
  private final HeaderReader headers;
  private Content content = new Content(0, "");

  /** Reads from this stream, in blocks: buffer it where reads are dear. */
  public TarReader(InputStream in) {
    this.in = in;
    this.headers = new HeaderReader(in);
  }

  /**
   * The next entry; what is left of the content before it is skipped. Empty at the end.
   *
   * @throws MalformedTarException if the archive is damaged, cut short, or uses what we do not read
   *     (sparse files, archives in several volumes)
   */
  public Optional<TarEntry> next() throws IOException {
    content.finish();
    var entry = headers.next();
    content = entry.map(e -> new Content(e.size(), e.name())).orElseGet(() -> new Content(0, ""));
    return entry;
  }

  /** The content of the entry that was read last; of no use once the next one is read. */
  public InputStream content() {
    return content;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** What is left of one entry's content. */
  private final class Content extends InputStream {
    private final String name;
    private final int padding;
    private long left;

    Content(long size, String name) {
      this.left = size;
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
      if (left == 0) {
        return -1;
      }
      var count = in.read(into, offset, (int) Math.min(left, length));
      if (count < 0) {
        throw cutShort();
      }
      left -= count;
      return count;
    }

    @Override
    public int available() throws IOException {
      return (int) Math.min(left, in.available());
    }

    void finish() throws IOException {
      try {
        in.skipNBytes(left + padding);
      } catch (EOFException _) {
        throw cutShort();
      }
      left = 0;
    }

    private MalformedTarException cutShort() {
      return new MalformedTarException("tar ends inside " + RawName.text(name));
    }
  }
}
