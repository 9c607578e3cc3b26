package dev.stagewright.layers.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a hostile command may have replaced. */
class UntrustedFileTest {
  @TempDir Path folder;

  @Test
  void readsARegularFile() throws IOException {
    var file = Files.writeString(folder.resolve("result.json"), "täxt");

    assertThat(new UntrustedFile(file).text()).isEqualTo("täxt");
  }

  @Test
  void followsNoLink() throws IOException {
    var secret = Files.writeString(folder.resolve("password"), "secret");
    var link = Files.createSymbolicLink(folder.resolve("result.json"), secret);

    assertThatThrownBy(() -> new UntrustedFile(link).text())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not a regular file");
    assertThatThrownBy(() -> new UntrustedFile(link).open()).isInstanceOf(IOException.class);
  }

  @Test
  void opensNothingButFiles() {
    assertThatThrownBy(() -> new UntrustedFile(folder).open())
        .hasMessageContaining("is not a regular file");
    assertThatThrownBy(() -> new UntrustedFile(Path.of("/dev/zero")).text())
        .hasMessageContaining("is not a regular file");
  }

  @Test
  void missingFileIsReportedAsSuch() {
    assertThatThrownBy(() -> new UntrustedFile(folder.resolve("missing")).text())
        .isInstanceOf(NoSuchFileException.class);
  }
}
