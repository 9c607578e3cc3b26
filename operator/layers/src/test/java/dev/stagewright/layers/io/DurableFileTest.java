package dev.stagewright.layers.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurableFileTest {
  @TempDir Path folder;

  @Test
  void isNotThereBeforeItIsPublished() throws IOException {
    var target = folder.resolve("file");
    try (var file = DurableFile.create(target)) {
      file.out().write(1);
      assertThat(target).doesNotExist();

      file.publish();

      assertThat(target).hasBinaryContent(new byte[] {1});
    }
    assertThat(folder).isDirectoryContaining(target::equals);
    assertThat(folder.toFile().list()).containsExactly("file");
  }

  @Test
  void leavesNothingWhenItIsGivenUp() throws IOException {
    try (var file = DurableFile.create(folder.resolve("file"))) {
      file.out().write(1);
    }

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void replacesAnOlderFile() throws IOException {
    var target = Files.writeString(folder.resolve("file"), "old");

    DurableFile.write(target, new byte[] {2});

    assertThat(target).hasBinaryContent(new byte[] {2});
  }
}
