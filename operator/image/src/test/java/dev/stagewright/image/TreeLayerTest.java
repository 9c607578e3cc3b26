package dev.stagewright.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.LayerBlob;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TreeLayerTest {
  private static final long TIME = 1_000_000;

  @TempDir Path folder;
  private RuntimeTree tree;
  private Path blobs;

  @BeforeEach
  void createTree() throws IOException {
    tree = new RuntimeTree(folder.resolve("root"));
    blobs = Files.createDirectory(folder.resolve("blobs"));
    Files.createDirectories(tree.libraries());
    Files.createDirectories(tree.optionFiles());
    Files.writeString(tree.libraries().resolve("b"), "same");
    Files.writeString(tree.libraries().resolve("a"), "same");
    Files.writeString(tree.libraries().resolve("program"), "same");
    assertThat(tree.libraries().resolve("program").toFile().setExecutable(true)).isTrue();
    Files.createSymbolicLink(tree.link(), Path.of("."));
    Files.writeString(tree.optionFiles().resolve("c"), "same");
  }

  private LayerBlob write(Path... parts) throws IOException {
    return new TreeLayer(tree, TIME).write(blobs, List.of(parts));
  }

  private List<TarEntry> entries(LayerBlob layer) throws IOException {
    var entries = new ArrayList<TarEntry>();
    var blob = Files.newInputStream(blobs.resolve(layer.blob().digest().hex()));
    try (var tar = new TarReader(new GZIPInputStream(blob))) {
      for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        entries.add(entry.get());
      }
    }
    return entries;
  }

  @Test
  void writesFilesWithParentsOwnedByRoot() throws IOException {
    assertThat(entries(write(tree.link(), tree.libraries())))
        .containsExactly(
            TarEntry.directory(".stagewright").withMtime(TIME, 0),
            TarEntry.symlink(".stagewright/.stagewright", ".").withMtime(TIME, 0),
            TarEntry.directory(".stagewright/lib").withMtime(TIME, 0),
            TarEntry.file(".stagewright/lib/a", 4).withMtime(TIME, 0),
            TarEntry.hardLink(".stagewright/lib/b", ".stagewright/lib/a").withMtime(TIME, 0),
            TarEntry.file(".stagewright/lib/program", 4).withMode(0755).withMtime(TIME, 0));
  }

  @Test
  void linksWithinLayerOnly() throws IOException {
    var layer = new TreeLayer(tree, TIME);
    layer.write(blobs, List.of(tree.libraries()));

    assertThat(entries(layer.write(blobs, List.of(tree.optionFiles()))))
        .extracting(TarEntry::type)
        .containsExactly(TarEntry.Type.DIRECTORY, TarEntry.Type.DIRECTORY, TarEntry.Type.FILE);
  }

  @Test
  void dependsOnNamesAndContents() throws IOException {
    var before = write(tree.libraries());
    Files.writeString(tree.libraries().resolve("a"), "same");

    assertThat(write(tree.libraries())).isEqualTo(before);
  }
}
