package dev.stagewright.cache.record;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A record whose content has a format of its own, which the cache does not know. It only saves
 * work, so it may be missing.
 *
 * @param created when it was made, in seconds since 1970
 * @param content not to be modified; at most {@link #LARGEST} bytes
 */
@SuppressWarnings("ArrayRecordComponent")
public record ContentRecord(long created, byte[] content) {
  /** Largest content in bytes; larger ones are not recorded. */
  public static final int LARGEST = 32 * 1024 * 1024;

  /** Compressed data that is not compressible is slightly larger. */
  static final int LARGEST_BLOB = LARGEST + LARGEST / 8;

  static String mediaType(RecordKind kind) {
    return kind.artifactType() + "+gzip";
  }

  byte[] packed() {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  static byte[] unpack(byte[] blob) throws UnusableException {
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(blob))) {
      var content = gzip.readNBytes(LARGEST + 1);
      if (content.length > LARGEST) {
        throw new UnusableException("is too large");
      }
      return content;
    } catch (IOException e) {
      throw new UnusableException("is not compressed: " + e.getMessage());
    }
  }
}
