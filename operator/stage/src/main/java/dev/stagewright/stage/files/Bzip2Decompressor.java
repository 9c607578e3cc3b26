package dev.stagewright.stage.files;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/**
 * Opens bzip2 data, which may consist of several streams in a row.
 *
 * <p>A class of its own, so that the classes of the library are loaded for bzip2 archives only.
 */
final class Bzip2Decompressor {
  private Bzip2Decompressor() {}

  /**
   * Decompresses a stream.
   *
   * @param compressed the data, which should be buffered
   * @throws IOException if the data does not begin with a bzip2 header
   */
  static InputStream open(InputStream compressed) throws IOException {
    return new BZip2CompressorInputStream(compressed, true);
  }
}
