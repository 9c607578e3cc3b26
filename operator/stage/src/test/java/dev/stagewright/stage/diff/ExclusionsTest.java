package dev.stagewright.stage.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that a container runtime creates as mount points. */
class ExclusionsTest {
  @TempDir Path root;
  @TempDir Path base;

  @BeforeEach
  void createMountPoints() throws IOException {
    Files.createDirectories(root.resolve("etc/deep/er"));
    Files.createFile(root.resolve("etc/hosts"));
    Files.createDirectories(root.resolve("var/here"));
    Files.createDirectories(base.resolve("var"));
  }

  private boolean isArtifact(Exclusions exclusions, String path) throws IOException {
    var files = RootFileSystem.open(root);
    return exclusions.isArtifact(path, files.status(path).orElseThrow(), files);
  }

  private Exclusions exclusions() throws IOException {
    return Exclusions.of(
        Set.of("etc/hosts", "etc/deep/er", "var/here"),
        RootFileSystem.open(root),
        RootFileSystem.open(base));
  }

  @Test
  void directoriesOfMountPointsAreArtifacts() throws IOException {
    assertThat(isArtifact(exclusions(), "etc")).isTrue();
    assertThat(isArtifact(exclusions(), "etc/deep")).isTrue();
  }

  @Test
  void directoryOfTheBaseIsNoArtifact() throws IOException {
    assertThat(isArtifact(exclusions(), "var")).isFalse();
  }

  @Test
  void directoryWithOtherFilesIsNoArtifact() throws IOException {
    var exclusions = exclusions();
    var time = Files.getLastModifiedTime(root.resolve("etc"));
    Files.createFile(root.resolve("etc/deep/file"));
    Files.createFile(root.resolve("etc/passwd"));
    Files.setLastModifiedTime(root.resolve("etc"), time);
    assertThat(isArtifact(exclusions, "etc")).isFalse();
  }

  @Test
  void changedDirectoryIsNoArtifact() throws IOException {
    var exclusions = exclusions();
    Files.setLastModifiedTime(root.resolve("etc"), FileTime.fromMillis(1_000_000_000_000L));
    assertThat(isArtifact(exclusions, "etc")).isFalse();
    assertThat(isArtifact(exclusions, "etc/deep")).isTrue();
  }

  @Test
  void artifactsAreUnknownWithoutBase() throws IOException {
    assertThat(isArtifact(Exclusions.of(Set.of("etc/hosts", "etc/deep/er")), "etc")).isFalse();
  }
}
