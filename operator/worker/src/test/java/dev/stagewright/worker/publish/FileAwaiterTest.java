package dev.stagewright.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAwaiterTest {
  @TempDir private Path directory;
  private final List<Duration> pauses = new ArrayList<>();

  @Test
  void returnsAllFilesThatExist() throws Exception {
    var a = Files.writeString(directory.resolve("a"), "");
    var b = Files.writeString(Files.createDirectory(directory.resolve("d")).resolve("b"), "");

    assertThat(new FileAwaiter(pauses::add).awaitAny(List.of(a, b, directory.resolve("c"))))
        .containsExactlyInAnyOrder(a, b);
    assertThat(pauses).isEmpty();
  }

  @Test
  void looksAgainUntilAFileAppearsInADirectoryThatWasMissing() throws Exception {
    var file = directory.resolve("later/file");
    var awaiter =
        new FileAwaiter(pause -> {
          pauses.add(pause);
          if (pauses.size() == 1000) {
            Files.writeString(
                Files.createDirectories(directory.resolve("later")).resolve("file"), "");
          }
        });

    assertThat(awaiter.awaitAny(List.of(file))).containsExactly(file);
    assertThat(pauses)
        .hasSize(1000)
        .isSorted()
        .startsWith(Duration.ofMillis(20))
        .endsWith(Duration.ofMillis(100));
  }

  @Test
  void aFailureOfThePauseEndsTheWait() {
    var awaiter =
        new FileAwaiter(_ -> {
          throw new IOException("a task failed");
        });

    assertThatIOException()
        .isThrownBy(() -> awaiter.awaitAny(List.of(directory.resolve("file"))))
        .withMessage("a task failed");
  }
}
