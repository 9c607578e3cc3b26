package dev.stagewright.layers;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes one gzip member (RFC 1952) whose header never varies. The JDK's own stream has no level,
 * and its header has changed with the JDK's version.
 */
final class GzipStream extends DeflaterOutputStream {
  private static final int BUFFER = 64 * 1024;
  private static final byte UNKNOWN_SYSTEM = (byte) 0xff;
  private static final byte[] HEADER = {
    0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, UNKNOWN_SYSTEM
  };
  private static final int TRAILER_SIZE = 8;

  private final CRC32 crc = new CRC32();
  private long size;
  private boolean finished;
  private boolean closed;

  GzipStream(OutputStream out, int level) throws IOException {
    super(out, new Deflater(level, true), BUFFER);
    out.write(HEADER);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    super.write(bytes, offset, length);
    crc.update(bytes, offset, length);
    size += length;
  }

  @Override
  public void finish() throws IOException {
    if (!finished) {
      finished = true;
      super.finish();
      var trailer = ByteBuffer.allocate(TRAILER_SIZE).order(ByteOrder.LITTLE_ENDIAN);
      out.write(trailer.putInt((int) crc.getValue()).putInt((int) size).array());
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try {
        super.close();
      } finally {
        def.end();
      }
    }
  }
}
