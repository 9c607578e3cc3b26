package dev.stagewright.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarReader;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LayerWriterTest {
  @TempDir Path blobs;

  private LayerBlob write(Compression compression) throws IOException {
    var content = new byte[100_000];
    Arrays.fill(content, (byte) 'x');
    try (var layer = LayerWriter.create(blobs, compression)) {
      layer.tar().put(TarEntry.directory("srv"));
      layer.tar().put(TarEntry.file("srv/f", content.length), new ByteArrayInputStream(content));
      return layer.finish();
    }
  }

  @Test
  void returnsDescriptorOfBlob() throws IOException {
    var layer = write(Compression.GZIP);

    var bytes = Files.readAllBytes(blobs.resolve(layer.blob().digest().hex()));
    assertThat(layer.blob().digest()).isEqualTo(Digest.of(bytes));
    assertThat(layer.blob().size()).isEqualTo(bytes.length).isLessThan(2000);
    assertThat(layer.blob().mediaType()).isEqualTo(MediaTypes.LAYER_GZIP);
    var tar = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
    assertThat(layer.diffId()).isEqualTo(Digest.of(tar));
    assertThat(layer.uncompressedSize()).isEqualTo(tar.length);
    assertThat(blobs.toFile().list()).hasSize(1);
  }

  @Test
  void writesPlainTarWithoutCompression() throws IOException {
    var layer = write(Compression.NONE);

    assertThat(layer.blob().digest()).isEqualTo(layer.diffId());
    assertThat(layer.blob().size()).isEqualTo(layer.uncompressedSize());
    assertThat(layer.blob().mediaType()).isEqualTo(MediaTypes.LAYER);
  }

  @Test
  void compressesWithZstd() throws IOException {
    var layer = write(Compression.ZSTD);

    assertThat(layer.blob().mediaType()).isEqualTo(MediaTypes.LAYER_ZSTD);
    assertThat(layer.blob().size()).isLessThan(1000);
    var blob = Files.newInputStream(blobs.resolve(layer.blob().digest().hex()));
    try (var tar = new ZstdInputStream(blob)) {
      assertThat(Digest.of(tar.readAllBytes())).isEqualTo(layer.diffId());
    }
  }

  @Test
  void writesSameZstdForAnyWrites() throws IOException {
    var content = new byte[12_000_000];
    new Random(1).nextBytes(content);
    Arrays.fill(content, 3_000_000, 9_000_000, (byte) 'x');

    assertThat(zstd(content, 100)).isEqualTo(zstd(content, 1_000_000));
  }

  private static byte[] zstd(byte[] content, int piece) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = Compression.ZSTD.compress(packed)) {
      for (var at = 0; at < content.length; at += piece) {
        out.write(content, at, Math.min(piece, content.length - at));
      }
    }
    return packed.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({"99,5,99,5", "100,0,100,0", "100,5,100,0", "101,0,100,0", "-7,5,-7,5"})
  void clampsTimes(long before, int nanos, long after, int nanosAfter) throws IOException {
    try (var layer = LayerWriter.create(blobs, Compression.NONE, Optional.of(100L))) {
      layer.tar().put(TarEntry.directory("srv").withMtime(before, nanos));
      var blob = layer.finish().blob();

      try (var tar = Files.newInputStream(blobs.resolve(blob.digest().hex()))) {
        assertThat(new TarReader(tar).next())
            .contains(TarEntry.directory("srv").withMtime(after, nanosAfter));
      }
    }
  }

  @Test
  void hasSameDiffIdForAnyCompression() throws IOException {
    var fast = write(new Compression.Gzip(1));
    var small = write(new Compression.Gzip(9));

    assertThat(fast.diffId()).isEqualTo(small.diffId()).isEqualTo(write(Compression.NONE).diffId());
    assertThat(fast.blob()).isNotEqualTo(small.blob());
  }

  @Test
  void writesConstantGzipHeader() throws IOException {
    var layer = write(Compression.GZIP);

    try (var blob = Files.newInputStream(blobs.resolve(layer.blob().digest().hex()))) {
      assertThat(blob.readNBytes(10)).containsExactly(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
    }
  }

  @Test
  void leavesNothingIfNotFinished() throws IOException {
    try (var layer = LayerWriter.create(blobs, Compression.GZIP)) {
      layer.tar().put(TarEntry.directory("srv"));
    }

    assertThat(blobs).isEmptyDirectory();
  }

  @Test
  void rejectsInvalidLevels() {
    assertThatThrownBy(() -> new Compression.Gzip(10))
        .hasMessage("the gzip level must be 1 to 9, not 10");
  }
}
