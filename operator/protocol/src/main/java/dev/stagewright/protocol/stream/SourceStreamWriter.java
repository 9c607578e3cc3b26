package dev.stagewright.protocol.stream;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.Json;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.zip.Deflater;

/**
 * Writes a source to a stream: the header, then the tar archive that is written to this stream.
 * Only {@link #finish} completes the stream, also after it was closed: a stream that was not
 * completed is never built. Not thread-safe.
 */
public final class SourceStreamWriter extends OutputStream {
  /** Small enough that a client can show progress. */
  private static final int PART = 256 * 1024;

  private final DataOutputStream out;
  private final MessageDigest sha256 = Digest.newMessageDigest();
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
  private final byte[] part = new byte[PART];
  private final byte[] packed = new byte[PART];
  private int filled;
  private long size;

  /** Writes the header. */
  public SourceStreamWriter(OutputStream out, SourceStreamHeader header) throws IOException {
    this.out = new DataOutputStream(out);
    var json = Json.write(header).getBytes(StandardCharsets.UTF_8);
    if (json.length > Frame.HEADER.largest()) {
      throw new IOException("the Dockerfile and its ignore file are larger than 8 MiB");
    }
    this.out.write(Frame.MAGIC);
    frame(Frame.HEADER, json, json.length);
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (var written = 0; written < length; ) {
      var count = Math.min(length - written, PART - filled);
      System.arraycopy(bytes, offset + written, part, filled, count);
      filled += count;
      written += count;
      if (filled == PART) {
        writePart();
      }
    }
  }

  /** Writes what the archive has so far. */
  @Override
  public void flush() throws IOException {
    writePart();
    out.flush();
  }

  /** Completes the stream after the archive is complete. */
  public void finish() throws IOException {
    writePart();
    out.writeByte(Frame.END.code());
    out.writeInt(Frame.END.largest());
    out.writeLong(size);
    out.write(sha256.digest());
    out.flush();
    deflater.end();
  }

  private void writePart() throws IOException {
    if (filled == 0) {
      return;
    }
    sha256.update(part, 0, filled);
    size += filled;
    var length = deflate();
    if (length > 0) {
      frame(Frame.COMPRESSED, packed, length);
    } else {
      frame(Frame.DATA, part, filled);
    }
    filled = 0;
  }

  /** The compressed length of the part; 0 if compression does not make it smaller. */
  private int deflate() {
    deflater.reset();
    deflater.setInput(part, 0, filled);
    deflater.finish();
    var length = deflater.deflate(packed, 0, filled);
    return deflater.finished() && length < filled ? length : 0;
  }

  private void frame(Frame frame, byte[] bytes, int length) throws IOException {
    out.writeByte(frame.code());
    out.writeInt(length);
    out.write(bytes, 0, length);
  }

  @Override
  public void close() throws IOException {
    flush();
  }
}
