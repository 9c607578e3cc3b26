package dev.stagewright.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
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
          if (pauses.size() == 20) {
            create(file);
          }
        });

    assertThat(awaiter.awaitAny(List.of(file))).containsExactly(file);
    assertThat(pauses)
        .hasSize(20)
        .isSorted()
        .startsWith(Duration.ofMillis(20))
        .endsWith(Duration.ofMillis(50));
  }

  private static void create(Path file) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
