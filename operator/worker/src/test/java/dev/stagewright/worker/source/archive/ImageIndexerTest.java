package dev.stagewright.worker.source.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.worker.source.archive.TestArchives.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageIndexerTest {
  @TempDir private Path directory;

  @Test
  void higherLayersReplaceFiles() throws Exception {
    var files =
        index(
            List.of(Item.of(TarEntry.directory("a")), Item.file("a/x", "1"), Item.file("y", "1")),
            List.of(Item.file("a/x", "22")));

    assertThat(files.tar().entry("a/x")).map(TarEntry::size).contains(2L);
    assertThat(files.tar().entry("y")).isPresent();
  }

  @Test
  void whiteoutsRemoveFilesOfLowerLayersOnly() throws Exception {
    var files =
        index(
            List.of(Item.file("a/x", "1"), Item.file("b/x", "1"), Item.file("c/x", "1")),
            List.of(
                Item.file(".wh.a", ""),
                Item.file("b/.wh..wh..opq", ""),
                Item.file("b/new", "2"),
                Item.file("c/.wh.x", ""),
                Item.file("c/y", "2")));

    assertThat(files.tar().entry("a/x")).isEmpty();
    assertThat(files.tar().children("b")).containsExactly("new");
    assertThat(files.tar().children("c")).containsExactly("y");
  }

  @Test
  void aFileHidesTheDirectoryBelowIt() throws Exception {
    var files =
        index(List.of(Item.file("a/x", "1")), List.of(Item.of(TarEntry.symlink("a", "/etc"))));

    assertThat(files.tar().entry("a")).map(TarEntry::type).contains(TarEntry.Type.SYMLINK);
    assertThat(files.tar().entry("a/x")).isEmpty();
  }

  @Test
  void refusesPathsThatLeaveTheImage() {
    assertThatThrownBy(() ->
            write(
                List.of(
                    TestArchives.renamed(
                        TestArchives.tar(Item.file("aa/evil", "x")), "aa/evil", "../evil"))))
        .isInstanceOf(ArchiveException.class)
        .hasMessage("the entry ../evil has a path that contains ..");
  }

  @Test
  void refusesLayersThatAreNotArchives() {
    assertThatThrownBy(() -> write(List.of(RawName.bytes("x".repeat(600)))))
        .isInstanceOf(ArchiveException.class)
        .hasMessageStartingWith("has a corrupt layer");
  }

  @SafeVarargs
  private ArchiveFiles index(List<Item>... layers) throws IOException, ArchiveException {
    var tars = new ArrayList<byte[]>();
    for (var layer : layers) {
      tars.add(TestArchives.tar(layer.toArray(Item[]::new)));
    }
    return write(tars);
  }

  private ArchiveFiles write(List<byte[]> layers) throws IOException, ArchiveException {
    var files = new ArrayList<Path>();
    for (var layer : layers) {
      files.add(Files.write(directory.resolve("layer-" + files.size()), layer));
    }
    return new ImageIndexer(ArchiveLimits.DEFAULT).write(files, directory);
  }
}
