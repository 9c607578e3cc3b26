package dev.stagewright.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.StageResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceFileTest {
  private static final String RESULT = "{\"stage\":\"s0\",\"layers\":[]}";

  @TempDir private Path directory;
  private final List<Duration> pauses = new ArrayList<>();

  @Test
  void aFailureToReadIsTriedAgain() throws Exception {
    var path = Files.createDirectory(directory.resolve("result"));
    var file =
        new WorkspaceFile(
            path,
            "the result",
            pause -> {
              pauses.add(pause);
              replaceByFile(path);
            });

    assertThat(file.read(StageResult.class).stage()).isEqualTo("s0");
    assertThat(pauses).hasSize(1);
  }

  @Test
  void aFileThatStaysUnreadableIsReported() throws Exception {
    var path = Files.createDirectory(directory.resolve("result"));

    assertThatExceptionOfType(BuildFailedException.class)
        .isThrownBy(
            () -> new WorkspaceFile(path, "the result", pauses::add).read(StageResult.class))
        .withMessageStartingWith("cannot read the result (" + path + "): ");
    assertThat(pauses).hasSize(4);
  }

  @Test
  void aMissingFileIsReportedAtOnce() {
    var path = directory.resolve("result");

    assertThatExceptionOfType(BuildFailedException.class)
        .isThrownBy(
            () -> new WorkspaceFile(path, "the result", pauses::add).read(StageResult.class))
        .withMessageContaining("NoSuchFileException");
    assertThat(pauses).isEmpty();
  }

  /** A stage can put a link there, which leads to credentials in the container of publish. */
  @Test
  void aLinkIsNotFollowed() throws Exception {
    var password = Files.writeString(directory.resolve("password"), "hunter2");
    var path = Files.createSymbolicLink(directory.resolve("result"), password);

    assertThatExceptionOfType(BuildFailedException.class)
        .isThrownBy(
            () -> new WorkspaceFile(path, "the result", pauses::add).read(StageResult.class))
        .withMessageContaining("is not a regular file")
        .satisfies(failed -> assertThat(failed.getMessage()).doesNotContain("hunter2"));
  }

  private static void replaceByFile(Path path) {
    try {
      Files.delete(path);
      Files.writeString(path, RESULT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
