package dev.stagewright.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecompressionTest {
  private static final byte[] TAR =
      "the bytes of a layer, ".repeat(10_000).getBytes(StandardCharsets.UTF_8);

  private static byte[] compress(Compression compression, byte[] content) throws IOException {
    var to = new ByteArrayOutputStream();
    try (var out = compression.compress(to)) {
      out.write(content);
    }
    return to.toByteArray();
  }

  private static byte[] decompress(InputStream layer) throws IOException {
    try (var in = Decompression.of(layer)) {
      return in.readAllBytes();
    }
  }

  @Test
  void everyCompressionIsRecognized() throws IOException {
    for (var compression : List.of(Compression.GZIP, Compression.ZSTD, Compression.NONE)) {
      var layer = compress(compression, TAR);
      assertThat(decompress(new ByteArrayInputStream(layer))).as("%s", compression).isEqualTo(TAR);
    }
  }

  @Test
  void allMembersOfAGzipFileAreRead() throws IOException {
    var layer = new ByteArrayOutputStream();
    layer.write(compress(Compression.GZIP, TAR));
    layer.write(compress(Compression.GZIP, TAR));

    var all = decompress(new Slow(new ByteArrayInputStream(layer.toByteArray())));

    assertThat(all).hasSize(2 * TAR.length);
  }

  @Test
  void emptyLayerIsEmpty() throws IOException {
    assertThat(decompress(InputStream.nullInputStream())).isEmpty();
  }

  /** A connection that never has bytes at once. */
  private static final class Slow extends FilterInputStream {
    Slow(InputStream in) {
      super(in);
    }

    @Override
    public int available() {
      return 0;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
      return super.read(to, from, Math.min(length, 100));
    }
  }
}
