package dev.stagewright.stage.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceArtifactsTest {
  @TempDir Path root;

  @Test
  void onlyNewFilesAreRemoved() throws IOException {
    Files.createDirectories(root.resolve("dev/shm"));
    Files.createFile(root.resolve("dev/null"));
    Files.createFile(root.resolve("dev/shm/of-the-pod"));
    try (var files = RootFileSystem.open(root)) {
      var traces = new DeviceArtifacts(files);
      Files.createDirectories(root.resolve("dev/pipes/deep"));
      Files.createFile(root.resolve("dev/pipes/deep/file"));
      Files.createFile(root.resolve("dev/shm/left"));
      Files.createDirectory(root.resolve("dev/mqueue"));
      Files.createFile(root.resolve("elsewhere"));

      traces.remove();
    }
    try (var left = Files.walk(root)) {
      assertThat(left.map(path -> root.relativize(path).toString()))
          .containsExactlyInAnyOrder(
              "", "dev", "dev/null", "dev/shm", "dev/shm/of-the-pod", "elsewhere");
    }
  }

  @Test
  void rootWithoutDevicesHasNoArtifacts() throws IOException {
    try (var files = RootFileSystem.open(root)) {
      new DeviceArtifacts(files).remove();
    }
    assertThat(root).isEmptyDirectory();
  }
}
