package dev.stagewright.e2e.conformance.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Reads tar streams: ustar, the long names and large numbers of GNU tar, and pax headers. Other
 * readers decode names and attributes as UTF-8 and lose bytes that are not valid UTF-8.
 */
public final class TarReader {
  private final InputStream in;
  private long remaining;
  private int padding;

  /** Reads from a stream of uncompressed tar. The caller closes the stream. */
  public TarReader(InputStream in) {
    this.in = in;
  }

  /**
   * The next member; empty at the end of the archive. The rest of the previous content is skipped.
   *
   * @throws IOException if the stream is not a tar archive or ends early
   */
  public Optional<TarMember> next() throws IOException {
    var pax = new PaxRecords();
    var longName = "";
    var longLink = "";
    while (true) {
      leave();
      var block = in.readNBytes(TarHeader.SIZE);
      var header = new TarHeader(block);
      if (block.length == 0 || (block.length == TarHeader.SIZE && header.isEmpty())) {
        return Optional.empty();
      }
      if (block.length < TarHeader.SIZE || !header.checksumFits()) {
        throw new IOException("not a tar header");
      }
      enter(header.number(124, 12));
      switch (header.type()) {
        case 'x' -> pax.read(content());
        case 'g' -> content();
        case 'L' -> longName = withoutNul(content());
        case 'K' -> longLink = withoutNul(content());
        default -> {
          var member = pax.apply(header, longName, longLink);
          if (hasContent(member.type())) {
            enter(member.size());
          } else {
            enter(0);
          }
          return Optional.of(member);
        }
      }
    }
  }

  /** The content of the last member, or the rest of it. */
  public InputStream contentStream() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        if (remaining == 0) {
          return length == 0 ? 0 : -1;
        }
        var count = in.read(buffer, offset, (int) Math.min(length, remaining));
        if (count < 0) {
          throw new EOFException("the archive ends inside a member");
        }
        remaining -= count;
        return count;
      }
    };
  }

  private static boolean hasContent(char type) {
    return type == '0' || type == '7' || type == 'S';
  }

  /** Reads until the next header. A skip would bypass a stream that computes a digest. */
  private void leave() throws IOException {
    contentStream().transferTo(OutputStream.nullOutputStream());
    in.readNBytes(padding);
    padding = 0;
  }

  private void enter(long size) {
    remaining = size;
    padding = (int) (-size & (TarHeader.SIZE - 1));
  }

  private byte[] content() throws IOException {
    return contentStream().readAllBytes();
  }

  private static String withoutNul(byte[] text) {
    var string = new String(text, ISO_8859_1);
    var end = string.indexOf(0);
    return end < 0 ? string : string.substring(0, end);
  }
}
