package dev.stagewright.stage.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.Compression;
import dev.stagewright.layers.LayerBlob;
import dev.stagewright.layers.io.CorruptBlobException;
import dev.stagewright.layers.io.VerifiedInputStream;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.layers.tar.IndexedTar;
import dev.stagewright.layers.tar.IndexedTarWriter;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.Workspace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exports of a stage as a blob of the cache, and back. */
class ExportsArchiveTest {
  @TempDir Path folder;
  private Path exports;
  private Path blobs;
  private Path stage;

  @BeforeEach
  void writeExports() throws IOException {
    exports = Files.createDirectory(folder.resolve("exports"));
    blobs = Files.createDirectory(folder.resolve("blobs"));
    stage = Files.createDirectory(folder.resolve("stage"));
    try (var tar =
        new IndexedTarWriter(exports.resolve(Workspace.TAR), exports.resolve(Workspace.INDEX))) {
      tar.put(at(TarEntry.directory("srv").withMode(02750).withOwner(3, 70_000)));
      var content = "content of a file".repeat(10_000).getBytes(StandardCharsets.UTF_8);
      tar.put(
          at(TarEntry.file("srv/one", content.length))
              .withXattrs(Map.of("user.b", new byte[] {0, -1}, "user.a", new byte[0])),
          new ByteArrayInputStream(content));
      tar.put(at(TarEntry.hardLink("srv/two", "srv/one")));
      tar.put(at(TarEntry.symlink("srv/three", "../../elsewhere")));
      tar.put(at(TarEntry.fifo("srv/pipe")));
      tar.put(at(TarEntry.device("srv/null", TarEntry.Type.CHARACTER_DEVICE, 1, 3)));
      tar.put(at(TarEntry.file("srv/" + "long".repeat(60) + "\u00e9\n", 0)));
      tar.put(at(TarEntry.file("srv/empty", 0).withMtime(-5, 1)));
      tar.finish();
    }
  }

  private static TarEntry at(TarEntry entry) {
    return entry.withMtime(1_000_000_000, 987_654_321);
  }

  static Compression[] compressions() {
    return new Compression[] {Compression.GZIP, Compression.ZSTD};
  }

  private InputStream open(LayerBlob packed) throws IOException {
    return new VerifiedInputStream(
        Files.newInputStream(blobs.resolve(packed.blob().digest().hex())), packed.blob());
  }

  @ParameterizedTest
  @MethodSource("compressions")
  void restoredExportsAreTheSameBytes(Compression compression) throws IOException {
    var packed = ExportsArchive.pack(exports, blobs, compression);
    var restored = ExportsArchive.unpack(open(packed), packed.uncompressedSize(), stage);

    assertThat(restored.bytes()).isEqualTo(Files.size(exports.resolve(Workspace.TAR)));
    for (var file : new String[] {Workspace.TAR, Workspace.INDEX}) {
      assertThat(stage.resolve(restored.folder()).resolve(file))
          .hasSameBinaryContentAs(exports.resolve(file));
    }
  }

  @Test
  void blobIsNamedByItsDigestAndDescribesTheArchive() throws IOException {
    var packed = ExportsArchive.pack(exports, blobs, Compression.GZIP);

    var blob = Files.readAllBytes(blobs.resolve(packed.blob().digest().hex()));
    assertThat(packed.blob())
        .isEqualTo(new Descriptor(MediaTypes.LAYER_GZIP, Digest.of(blob), blob.length));
    assertThat(packed.diffId())
        .isEqualTo(Digest.of(Files.readAllBytes(exports.resolve(Workspace.TAR))));
    assertThat(blobs).isDirectoryNotContaining("glob:**.part");
    assertThat(ExportsArchive.pack(exports, blobs, Compression.GZIP)).isEqualTo(packed);
  }

  @Test
  void noExportsAreRestoredAsNone() throws IOException {
    try (var tar =
        new IndexedTarWriter(exports.resolve(Workspace.TAR), exports.resolve(Workspace.INDEX))) {
      tar.finish();
    }
    var packed = ExportsArchive.pack(exports, blobs, Compression.ZSTD);

    var restored = ExportsArchive.unpack(open(packed), packed.uncompressedSize(), stage);

    var directory = stage.resolve(restored.folder());
    try (var tar =
        IndexedTar.open(directory.resolve(Workspace.TAR), directory.resolve(Workspace.INDEX))) {
      assertThat(tar.size()).isZero();
    }
  }

  private void isRejected(InputStream in, long size) {
    assertThatThrownBy(() -> ExportsArchive.unpack(in, size, stage))
        .isInstanceOf(CorruptBlobException.class);
    assertThat(stage).isEmptyDirectory();
  }

  /** The cache may contain anything: a small blob must not fill the workspace. */
  @Test
  void contentOfAnotherSizeIsRejected() throws IOException {
    var packed = ExportsArchive.pack(exports, blobs, Compression.GZIP);
    isRejected(open(packed), packed.uncompressedSize() - 1);
    isRejected(open(packed), packed.uncompressedSize() + 1);
    isRejected(open(packed), 0);
  }

  @ParameterizedTest
  @MethodSource("compressions")
  void corruptContentIsRejected(Compression compression) throws IOException {
    var packed = ExportsArchive.pack(exports, blobs, compression);
    var file = blobs.resolve(packed.blob().digest().hex());
    var bytes = Files.readAllBytes(file);
    for (var at : new int[] {bytes.length / 2, bytes.length - 6}) {
      var changed = bytes.clone();
      changed[at] ^= 1;
      Files.write(file, changed);
      assertThatThrownBy(
              () -> ExportsArchive.unpack(open(packed), packed.uncompressedSize(), stage))
          .isInstanceOf(IOException.class);
      assertThat(stage).isEmptyDirectory();
    }
  }

  /** The digest of the blob is that of all its bytes, also of those that no archive needs. */
  @Test
  void blobIsReadToItsEnd() throws IOException {
    var packed = ExportsArchive.pack(exports, blobs, Compression.ZSTD);
    var blob = Files.readAllBytes(blobs.resolve(packed.blob().digest().hex()));
    var longer = Arrays.copyOf(blob, blob.length + 100_000);

    isRejected(
        new VerifiedInputStream(new ByteArrayInputStream(longer), packed.blob()),
        packed.uncompressedSize());
  }

  @Test
  void contentThatIsNoArchiveIsRejected() {
    var text = "no archive".repeat(100).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(
            () -> ExportsArchive.unpack(new ByteArrayInputStream(text), text.length, stage))
        .isInstanceOf(IOException.class);
    assertThat(stage).isEmptyDirectory();
  }
}
