package dev.stagewright.worker.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests with a directory that has the layout of a ConfigMap's volume. */
class MountedTreeTest {
  @TempDir private Path root;

  @BeforeEach
  void mount() throws Exception {
    var version = Path.of("..2026_11_21_10_00_00.123");
    var data = root.resolve(version);
    Files.createDirectories(data.resolve("conf"));
    Files.writeString(data.resolve("Dockerfile"), "FROM scratch\n");
    Files.writeString(data.resolve("conf/a.conf"), "a=1\n");
    Files.createSymbolicLink(root.resolve("..data"), version);
    Files.createSymbolicLink(root.resolve("Dockerfile"), Path.of("..data/Dockerfile"));
    Files.createSymbolicLink(root.resolve("conf"), Path.of("..data/conf"));
  }

  @Test
  void listsKeysWithoutLinksOfKubelet() throws Exception {
    var paths = new ArrayList<String>();
    new MountedTree(root).walk(entry -> paths.add(entry.path()));

    assertThat(paths).containsExactly("Dockerfile", "conf", "conf/a.conf");
    assertThat(new MountedTree(root).entry("..data")).isEmpty();
  }

  @Test
  void followsLinks() throws Exception {
    var file = (SourceEntry.File) new MountedTree(root).entry("Dockerfile").orElseThrow();

    try (var content = file.content().open()) {
      assertThat(new String(content.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("FROM scratch\n");
    }
    assertThat(file.size()).isEqualTo(13);
    assertThat(new MountedTree(root).entry("absent")).isEmpty();
  }
}
