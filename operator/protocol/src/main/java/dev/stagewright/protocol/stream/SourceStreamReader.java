package dev.stagewright.protocol.stream;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.Json;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads a source from a stream: the header, then the tar archive, which this stream consists of.
 * The archive ends only after its size and digest were found to be correct. Memory is bounded,
 * whatever the stream contains. Not thread-safe.
 */
public final class SourceStreamReader extends InputStream {
  private final DataInputStream in;
  private final MessageDigest sha256 = Digest.newMessageDigest();
  private final SourceStreamHeader header;
  private ByteArrayInputStream part = new ByteArrayInputStream(new byte[0]);
  private long size;
  private boolean ended;

  /**
   * Reads the header.
   *
   * @throws SourceStreamException if this is not the stream of a source
   */
  public SourceStreamReader(InputStream in) throws IOException {
    this.in = new DataInputStream(in);
    this.header = readHeader();
  }

  /** What the client states about the source. */
  public SourceStreamHeader header() {
    return header;
  }

  /** The size of the archive so far. */
  public long size() {
    return size;
  }

  private SourceStreamHeader readHeader() throws IOException {
    var magic = in.readNBytes(Frame.MAGIC.length);
    if (!Arrays.equals(magic, 0, magic.length, Frame.MAGIC, 0, magic.length)) {
      throw new SourceStreamException(
          "it is not a stream of stagewright build, or one of an incompatible version");
    }
    if (magic.length < Frame.MAGIC.length || next() != Frame.HEADER) {
      throw truncated();
    }
    try {
      var json = new String(payload(Frame.HEADER), StandardCharsets.UTF_8);
      return Json.read(json, SourceStreamHeader.class);
    } catch (Json.MalformedJsonException e) {
      throw new SourceStreamException("its header is malformed: " + e.getMessage());
    }
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
    while (part.available() == 0 && !ended) {
      nextPart();
    }
    return part.read(into, offset, length);
  }

  private void nextPart() throws IOException {
    switch (next()) {
      case DATA -> add(payload(Frame.DATA));
      case COMPRESSED -> add(inflate(payload(Frame.COMPRESSED)));
      case END -> end();
      case HEADER -> throw new SourceStreamException("it has two headers");
    }
  }

  private void add(byte[] bytes) {
    sha256.update(bytes);
    size += bytes.length;
    part = new ByteArrayInputStream(bytes);
  }

  private void end() throws IOException {
    var payload = new DataInputStream(new ByteArrayInputStream(payload(Frame.END)));
    try {
      var isComplete =
          payload.readLong() == size && Arrays.equals(payload.readAllBytes(), sha256.digest());
      if (!isComplete) {
        throw new SourceStreamException("its content does not have the digest that it states");
      }
    } catch (EOFException _) {
      throw truncated();
    }
    ended = true;
  }

  private Frame next() throws IOException {
    var code = in.read();
    if (code < 0) {
      throw truncated();
    }
    return Frame.of(code)
        .orElseThrow(() -> new SourceStreamException("it has a part of an unknown type"));
  }

  private byte[] payload(Frame frame) throws IOException {
    try {
      var length = in.readInt();
      if (length < 0 || length > frame.largest()) {
        throw new SourceStreamException("it has a part of %d bytes".formatted(length));
      }
      var bytes = in.readNBytes(length);
      if (bytes.length < length) {
        throw truncated();
      }
      return bytes;
    } catch (EOFException _) {
      throw truncated();
    }
  }

  private static byte[] inflate(byte[] packed) throws IOException {
    var inflater = new Inflater();
    try {
      inflater.setInput(packed);
      var bytes = new byte[Frame.LARGEST_PART];
      var length = 0;
      while (length < bytes.length && !inflater.finished() && !inflater.needsInput()) {
        length += inflater.inflate(bytes, length, bytes.length - length);
      }
      if (!inflater.finished()) {
        throw new SourceStreamException("it has a part that cannot be decompressed");
      }
      return Arrays.copyOf(bytes, length);
    } catch (DataFormatException _) {
      throw new SourceStreamException("it has a part that cannot be decompressed");
    } finally {
      inflater.end();
    }
  }

  private static SourceStreamException truncated() {
    return new SourceStreamException("it ends before its end");
  }
}
