package dev.stagewright.worker.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.tar.IndexedTar;
import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.worker.source.InlineTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextWriterTest {
  @TempDir private Path folder;

  @Test
  void writesFilesOfRootWithTimeOfSource() throws Exception {
    var summary = write(Map.of("src/main.c", "int main;", "naïve.txt", "x"), Set.of());

    assertThat(summary).isEqualTo(new ContextWriter.Summary(2, 10));
    try (var tar = open()) {
      assertThat(tar.entry("src")).contains(TarEntry.directory("src"));
      assertThat(tar.entry("src/main.c")).contains(TarEntry.file("src/main.c", 9));
      assertThat(tar.open("src/main.c")).hasContent("int main;");
      assertThat(tar.children("")).containsExactlyInAnyOrder("src", RawName.of("naïve.txt"));
    }
  }

  @Test
  void excludesIgnoredFiles() throws Exception {
    write(Map.of("a.txt", "", "b/c.txt", "", "d.txt", ""), Set.of("a.txt", "b", "b/c.txt"));

    try (var tar = open()) {
      assertThat(tar.children("")).containsExactly("d.txt");
      assertThat(tar.entry("b")).isEmpty();
    }
  }

  @Test
  void keepsParentFoldersOfIncludedFile() throws Exception {
    write(
        Map.of("a/b/c.txt", "", "a/b/d.txt", "", "a/e/f.txt", ""),
        Set.of("a", "a/b", "a/b/d.txt", "a/e", "a/e/f.txt"));

    try (var tar = open()) {
      assertThat(tar.children("a")).containsExactly("b");
      assertThat(tar.children("a/b")).containsExactly("c.txt");
    }
  }

  @Test
  void matchesNonAsciiNames() throws Exception {
    write(Map.of("naïve.txt", "x"), Set.of("naïve.txt"));

    try (var tar = open()) {
      assertThat(tar.children("")).isEmpty();
    }
  }

  private ContextWriter.Summary write(Map<String, String> files, Set<String> ignored)
      throws IOException {
    return new ContextWriter(ignored::contains).write(new InlineTree(files), folder);
  }

  private IndexedTar open() throws IOException {
    return IndexedTar.open(folder.resolve(Workspace.TAR), folder.resolve(Workspace.INDEX));
  }
}
