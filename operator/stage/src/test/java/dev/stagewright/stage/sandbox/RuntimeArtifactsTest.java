package dev.stagewright.stage.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeArtifactsTest {
  private static final List<String> MOUNTS =
      List.of("etc/hosts", "etc/passwd", "proc", "tmp", "run/secrets/a/token", "srv/data");

  @TempDir Path root;

  @BeforeEach
  void prepare() throws IOException {
    for (var directory : "etc proc tmp run/secrets/a/token srv/data".split(" ", 0)) {
      Files.createDirectories(root.resolve(directory));
    }
    Files.createFile(root.resolve("etc/hosts"));
    Files.writeString(root.resolve("etc/passwd"), "root");
    Files.createFile(root.resolve("tmp/file"));
    Files.createFile(root.resolve("srv/file"));
  }

  @Test
  void artifactsAreEmptyAndNewerThanTheContainer() throws IOException {
    assertThat(new RuntimeArtifacts(MOUNTS, 0).find(RootFileSystem.open(root)))
        .containsExactly("etc/hosts", "proc", "run", "srv/data");
  }

  @Test
  void filesOfTheImageAreNoArtifacts() throws IOException {
    var later = System.currentTimeMillis() + 10_000;
    assertThat(new RuntimeArtifacts(MOUNTS, later).find(RootFileSystem.open(root))).isEmpty();
  }
}
