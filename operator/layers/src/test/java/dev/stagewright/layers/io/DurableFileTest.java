package dev.stagewright.layers.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurableFileTest {
  @TempDir Path directory;

  @Test
  void isInvisibleBeforePublish() throws IOException {
    var target = directory.resolve("file");
    try (var file = DurableFile.create(target)) {
      file.out().write(1);
      assertThat(target).doesNotExist();

      file.publish();

      assertThat(target).hasBinaryContent(new byte[] {1});
    }
    assertThat(directory).isDirectoryContaining(target::equals);
    assertThat(directory.toFile().list()).containsExactly("file");
  }

  @Test
  void leavesNothingWithoutPublish() throws IOException {
    try (var file = DurableFile.create(directory.resolve("file"))) {
      file.out().write(1);
    }

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void replacesExistingFile() throws IOException {
    var target = Files.writeString(directory.resolve("file"), "old");

    DurableFile.write(target, new byte[] {2});

    assertThat(target).hasBinaryContent(new byte[] {2});
  }
}
