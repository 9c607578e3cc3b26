package dev.stagewright.layers.tar;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.UnaryOperator;

/**
 * Writes a tar archive, entry by entry, in one frozen form: equal entries result in equal bytes.
 *
 * <p>Headers are ustar, preceded by a PAX header for values that ustar cannot represent: long or
 * non-ASCII names, large or negative numbers, fractions of a second, extended attributes as {@code
 * SCHILY.xattr.*}. Entries are written as given; the caller is responsible for order, parents and
 * rounding of times. Not thread-safe.
 */
public final class TarWriter implements Closeable {
  private static final int BUFFER = 64 * 1024;

  private final OutputStream out;
  private final UnaryOperator<TarEntry> transform;
  private final byte[] buffer = new byte[BUFFER];
  private long position;
  private boolean closed;

  /** Creates a writer, which writes both large pieces and single blocks. */
  public TarWriter(OutputStream out) {
    this(out, UnaryOperator.identity());
  }

  /**
   * Creates a writer that transforms entries.
   *
   * @param transform applied to each entry; must not change names and sizes
   */
  public TarWriter(OutputStream out, UnaryOperator<TarEntry> transform) {
    this.out = out;
    this.transform = transform;
  }

  /**
   * Writes an entry without content.
   *
   * @throws IllegalArgumentException if the name cannot be represented in a tar
   * @throws IOException if the entry has a size above 0
   */
  public void put(TarEntry entry) throws IOException {
    put(entry, InputStream.nullInputStream());
  }

  /**
   * Writes an entry with its content, which is read to its end and not closed.
   *
   * @throws IOException if the content is shorter or longer than the size of the entry; the archive
   *     is then unusable
   */
  public void put(TarEntry entry, InputStream content) throws IOException {
    write(HeaderWriter.encode(transform.apply(entry)));
    copy(entry, content);
    write(new byte[HeaderBlock.padding(entry.size())]);
  }

  private void copy(TarEntry entry, InputStream content) throws IOException {
    var remaining = entry.size();
    while (remaining > 0) {
      var count = content.read(buffer, 0, (int) Math.min(remaining, buffer.length));
      if (count < 0) {
        throw changed(entry, "ends " + remaining + " bytes early");
      }
      out.write(buffer, 0, count);
      position += count;
      remaining -= count;
    }
    if (content.read() >= 0) {
      throw changed(entry, "is longer than " + entry.size() + " bytes");
    }
  }

  private static IOException changed(TarEntry entry, String problem) {
    return new IOException(
        "content of "
            + RawName.text(entry.name())
            + " "
            + problem
            + ": the file may have changed while it was read");
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    position += bytes.length;
  }

  /** The number of bytes written, which is the offset of the next entry. */
  public long position() {
    return position;
  }

  /** Writes the end of the archive and closes the stream. */
  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try (out) {
        write(new byte[2 * HeaderBlock.SIZE]);
      }
    }
  }
}
