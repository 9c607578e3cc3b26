package dev.stagewright.image.entrypoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CopyRuntimeTest {
  @TempDir Path directory;
  private Path from;
  private Path to;

  @BeforeEach
  void createRuntime() throws IOException {
    from = directory.resolve(".stagewright");
    to = Files.createDirectory(directory.resolve("copy"));
    for (var file :
        new String[] {
          "lib/libc",
          "jre/bin/java",
          "jars/stage/a.jar",
          "jars/stage.aot",
          "jars/full/b.jar",
          "jre-full/bin/java",
          "etc/stage.args"
        }) {
      Files.createDirectories(from.resolve(file).getParent());
      Files.writeString(from.resolve(file), file);
    }
    assertThat(from.resolve("jre/bin/java").toFile().setExecutable(true)).isTrue();
    Files.createSymbolicLink(from.resolve("jre/link"), Path.of("bin/java"));
  }

  @Test
  void copiesStageRuntimeOnly() throws IOException {
    CopyRuntime.copy(from, to);

    assertThat(to.toFile().list())
        .containsExactlyInAnyOrder(".stagewright", "lib", "jre", "jars", "etc");
    assertThat(to.resolve("jars").toFile().list()).containsExactlyInAnyOrder("stage", "stage.aot");
    assertThat(to.resolve("jre/bin/java")).hasContent("jre/bin/java").isExecutable();
    assertThat(to.resolve("jre/link")).isSymbolicLink();
  }

  @Test
  void createsPathOfCommands() throws IOException {
    CopyRuntime.copy(from, to);

    assertThat(to.resolve(".stagewright/jre/bin/java")).hasContent("jre/bin/java");
  }

  @Test
  void keepsTimesForCache() throws IOException {
    CopyRuntime.copy(from, to);

    assertThat(Files.getLastModifiedTime(to.resolve("jars/stage/a.jar")))
        .isEqualTo(Files.getLastModifiedTime(from.resolve("jars/stage/a.jar")));
  }

  @Test
  void completesInterruptedCopy() throws IOException {
    CopyRuntime.copy(from, to);
    Files.writeString(to.resolve("lib/libc"), "half");

    CopyRuntime.copy(from, to);

    assertThat(to.resolve("lib/libc")).hasContent("lib/libc");
  }
}
