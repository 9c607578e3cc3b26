package dev.stagewright.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.layers.tar.TarEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void namesTheBlobByItsDigestAndSaysWhatIsInIt() throws IOException {
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
  void leavesATarAsItIsWithoutCompression() throws IOException {
    var layer = write(Compression.NONE);

    assertThat(layer.blob().digest()).isEqualTo(layer.diffId());
    assertThat(layer.blob().size()).isEqualTo(layer.uncompressedSize());
    assertThat(layer.blob().mediaType()).isEqualTo(MediaTypes.LAYER);
  }

  @Test
  void hasTheSameDiffIdHoweverItIsCompressed() throws IOException {
    var fast = write(new Compression.Gzip(1));
    var small = write(new Compression.Gzip(9));

    assertThat(fast.diffId()).isEqualTo(small.diffId()).isEqualTo(write(Compression.NONE).diffId());
    assertThat(fast.blob()).isNotEqualTo(small.blob());
  }

  @Test
  void writesAGzipHeaderWithoutTimeNameAndSystem() throws IOException {
    var layer = write(Compression.GZIP);

    try (var blob = Files.newInputStream(blobs.resolve(layer.blob().digest().hex()))) {
      assertThat(blob.readNBytes(10)).containsExactly(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
    }
  }

  @Test
  void leavesNothingWhenItIsNotFinished() throws IOException {
    try (var layer = LayerWriter.create(blobs, Compression.GZIP)) {
      layer.tar().put(TarEntry.directory("srv"));
    }

    assertThat(blobs).isEmptyDirectory();
  }

  @Test
  void knowsZlibsLevels() {
    assertThatThrownBy(() -> new Compression.Gzip(10)).hasMessage("gzip level is 1 to 9, not 10");
  }
}
