package dev.stagewright.stage.files;

import dev.stagewright.layers.tar.RawName;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/** The compression of a tar archive, recognized by its first bytes. */
public enum ArchiveFormat {
  GZIP("\u001f\u008b\b") {
    @Override
    InputStream open(InputStream in) throws IOException {
      return new GZIPInputStream(in);
    }
  },
  BZIP2("BZh") {
    @Override
    InputStream open(InputStream in) throws IOException {
      return Bzip2Decompressor.open(in);
    }
  },
  XZ("\u00fd7zXZ\0") {
    @Override
    InputStream open(InputStream in) throws IOException {
      return new XZInputStream(in);
    }
  },
  ZSTD("(\u00b5/\u00fd") {
    @Override
    InputStream open(InputStream in) {
      return new ZstdInputStream(in);
    }
  },
  PLAIN("") {
    @Override
    InputStream open(InputStream in) {
      return in;
    }
  };

  private static final int BUFFER = 64 * 1024;

  private final String magic;

  ArchiveFormat(String magic) {
    this.magic = magic;
  }

  /** Opens the decompressed content. */
  abstract InputStream open(InputStream in) throws IOException;

  /** Opens the content of a file and decompresses it if it is compressed. */
  public static InputStream decompress(InputStream file) throws IOException {
    var in = new BufferedInputStream(file, BUFFER);
    in.mark(BUFFER);
    var head = in.readNBytes(8);
    in.reset();
    for (var format : values()) {
      if (format.matches(head)) {
        return new BufferedInputStream(format.open(in), BUFFER);
      }
    }
    return in;
  }

  private boolean matches(byte[] head) {
    return RawName.ofBytes(head).startsWith(magic);
  }
}
