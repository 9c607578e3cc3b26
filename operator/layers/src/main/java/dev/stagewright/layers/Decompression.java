package dev.stagewright.layers;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * Decompresses layers. The first bytes decide how, as in containerd: the media types of some images
 * are wrong.
 */
public final class Decompression {
  private static final int BUFFER = 64 * 1024;
  private static final int GZIP = 0x8b1f;
  private static final int ZSTD = 0xb528;

  private Decompression() {}

  /** Returns the uncompressed layer; closing it closes the compressed one. */
  public static InputStream of(InputStream layer) throws IOException {
    var in = new BufferedInputStream(layer, BUFFER);
    in.mark(2);
    var start = in.read() | in.read() << 8;
    in.reset();
    return switch (start) {
      case GZIP -> new GZIPInputStream(new Members(in), BUFFER);
      case ZSTD -> new ZstdInputStream(in);
      default -> in;
    };
  }

  /**
   * A gzip file may have several members. The decompressor looks for another one only if bytes are
   * available at once, which a connection may not have.
   */
  private static final class Members extends FilterInputStream {
    Members(InputStream in) {
      super(in);
    }

    @Override
    public int available() throws IOException {
      return Math.max(1, super.available());
    }
  }
}
