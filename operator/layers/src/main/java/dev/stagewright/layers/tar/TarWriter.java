package dev.stagewright.layers.tar;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.UnaryOperator;

/**
 * Writes a tar archive, entry by entry, in one frozen form: equal entries give equal bytes.
 *
 * <p>Headers are ustar, with a PAX header before those that need one: names over what ustar holds
 * or beyond ASCII, large or negative numbers, parts of a second, extended attributes as {@code
 * SCHILY.xattr.*}. Entries are written as given; order, parents and rounding of times are the
 * caller's. Not for use by several threads.
 */
public final class TarWriter implements Closeable {
  private static final int BUFFER = 64 * 1024;

  private final OutputStream out;
  private final UnaryOperator<TarEntry> change;
  private final byte[] buffer = new byte[BUFFER];
  private long position;
  private boolean closed;

  /** Writes to this stream, in large pieces as well as in single blocks. */
  public TarWriter(OutputStream out) {
    this(out, UnaryOperator.identity());
  }

  /**
   * Writes to this stream what becomes of entries.
   *
   * @param change applied to each entry; leaves names and sizes alone
   */
  public TarWriter(OutputStream out, UnaryOperator<TarEntry> change) {
    this.out = out;
    this.change = change;
  }

  /**
   * Writes an entry without content.
   *
   * @throws IllegalArgumentException if the entry has a name that no tar can hold
   * @throws IOException if the entry has a size above 0
   */
  public void put(TarEntry entry) throws IOException {
    put(entry, InputStream.nullInputStream());
  }

  /**
   * Writes an entry with its content, which is read to its end and left open.
   *
   * @throws IOException if the content is shorter or longer than the entry says; the archive is
   *     then of no use
   */
  public void put(TarEntry entry, InputStream content) throws IOException {
    write(HeaderWriter.encode(change.apply(entry)));
    copy(entry, content);
    write(new byte[HeaderBlock.padding(entry.size())]);
  }

  private void copy(TarEntry entry, InputStream content) throws IOException {
    var left = entry.size();
    while (left > 0) {
      var count = content.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (count < 0) {
        throw changed(entry, "ends " + left + " bytes early");
      }
      out.write(buffer, 0, count);
      position += count;
      left -= count;
    }
    if (content.read() >= 0) {
      throw changed(entry, "is longer than " + entry.size() + " bytes");
    }
  }

  private static IOException changed(TarEntry entry, String how) {
    return new IOException(
        "content of " + RawName.text(entry.name()) + " " + how + ": did it change meanwhile?");
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    position += bytes.length;
  }

  /** Bytes written up to here: where the next entry starts. */
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
