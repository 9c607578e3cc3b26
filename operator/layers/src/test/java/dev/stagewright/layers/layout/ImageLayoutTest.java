package dev.stagewright.layers.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.io.CorruptBlobException;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.ImageIndex;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageLayoutTest {
  @TempDir Path directory;
  private ImageLayout layout;
  private Descriptor blob;

  @BeforeEach
  void createLayout() throws IOException {
    layout = ImageLayout.create(directory.resolve("image"));
    blob = layout.addBlob(MediaTypes.LAYER, new byte[] {1, 2, 3});
    layout.writeIndex(
        ImageIndex.of(List.of(new ImageIndex.Entry(blob, Optional.empty(), Map.of()))));
  }

  @Test
  void returnsBlobs() throws IOException {
    try (var content = layout.openBlob(blob)) {
      assertThat(content.readAllBytes()).containsExactly(1, 2, 3);
    }
    assertThat(layout.index().manifests())
        .extracting(ImageIndex.Entry::manifest)
        .containsExactly(blob);
  }

  @Test
  void rejectsCorruptBlob() throws IOException {
    Files.write(layout.blob(blob.digest()), new byte[] {1, 2, 4});

    try (var content = layout.openBlob(blob)) {
      assertThatThrownBy(content::readAllBytes)
          .isInstanceOf(CorruptBlobException.class)
          .hasMessageContaining(blob.digest().toString());
    }
  }

  @Test
  void writesTarWithSameFiles() throws IOException {
    var first = new ByteArrayOutputStream();
    layout.writeTar(first, new TreeMap<>(Map.of("more.json", new byte[] {1})));
    var second = new ByteArrayOutputStream();
    layout.writeTar(second, new TreeMap<>(Map.of("more.json", new byte[] {1})));

    assertThat(first.toByteArray()).isEqualTo(second.toByteArray());
    var names = new ArrayList<String>();
    try (var tar = new TarReader(new ByteArrayInputStream(first.toByteArray()))) {
      for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        names.add(entry.map(TarEntry::name).orElseThrow());
      }
    }
    assertThat(names)
        .containsExactly(
            "more.json",
            "oci-layout",
            "index.json",
            "blobs",
            "blobs/sha256",
            "blobs/sha256/" + blob.digest().hex());
  }
}
