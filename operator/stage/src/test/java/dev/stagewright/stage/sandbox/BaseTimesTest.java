package dev.stagewright.stage.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Times of directories with mount points of the container runtime. */
class BaseTimesTest {
  private static final FileTime OLD = FileTime.fromMillis(1_000_000_000_123L);

  @TempDir Path root;
  @TempDir Path base;

  private FileTime timeAfterwards(String directory) throws IOException {
    for (var path : List.of("etc", "dev/pts", "opt")) {
      Files.createDirectories(root.resolve(path));
      Files.createDirectories(base.resolve(path));
      Files.setLastModifiedTime(base.resolve(path), OLD);
    }
    Files.createDirectories(root.resolve("run/secrets"));
    Files.setLastModifiedTime(base, OLD);
    new BaseTimes(RootFileSystem.open(root), RootFileSystem.open(base))
        .restore(List.of("etc/hosts", "etc/hostname", "dev", "dev/pts/x", "run/secrets", "proc"));
    return Files.getLastModifiedTime(root.resolve(directory));
  }

  @Test
  void timesComeFromTheBase() throws IOException {
    assertThat(timeAfterwards("etc")).isEqualTo(OLD);
    assertThat(timeAfterwards("")).isEqualTo(OLD);
  }

  @Test
  void otherDirectoriesKeepTheirTimes() throws IOException {
    assertThat(timeAfterwards("opt")).isNotEqualTo(OLD);
  }

  @Test
  void mountsKeepTheirTimes() throws IOException {
    assertThat(timeAfterwards("dev/pts")).isNotEqualTo(OLD);
  }

  @Test
  void directoriesMissingInTheBaseKeepTheirTimes() throws IOException {
    assertThat(timeAfterwards("run")).isNotEqualTo(OLD);
  }
}
