package dev.stagewright.cache.record;

import dev.stagewright.protocol.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The JSON of a {@link LatestRecord}, compressed. */
final class LatestJson {
  static final String MEDIA_TYPE = RecordKind.LATEST.artifactType() + "+gzip";

  /** Largest size of the JSON in bytes. A list of 50,000 files has about 4 MiB. */
  static final int LARGEST = 8 * 1024 * 1024;

  /** Compressed data that is not compressible is slightly larger. */
  static final int LARGEST_BLOB = LARGEST + LARGEST / 8;

  private LatestJson() {}

  static byte[] write(LatestRecord record) {
    var json = Json.write(new LatestSize(LARGEST).fit(record)).getBytes(StandardCharsets.UTF_8);
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  static LatestRecord read(byte[] blob) throws UnusableException {
    byte[] json;
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(blob))) {
      json = gzip.readNBytes(LARGEST + 1);
    } catch (IOException e) {
      throw new UnusableException("is not compressed: " + e.getMessage());
    }
    if (json.length > LARGEST) {
      throw new UnusableException("is too large");
    }
    return Json.read(new String(json, StandardCharsets.UTF_8), LatestRecord.class);
  }
}
