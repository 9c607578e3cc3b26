package dev.stagewright.stage.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.stage.NeedsRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsRoot
class PrivateMountsTest {
  @TempDir Path folder;
  private Path scratch;
  private Path inner;

  @BeforeEach
  void mount() throws Exception {
    scratch = Files.createDirectory(folder.resolve("scratch"));
    inner = Files.createDirectory(folder.resolve("inner"));
    run("mount", "-t", "tmpfs", "none", scratch.toString());
    var part = Files.createDirectory(scratch.resolve("inner"));
    run("mount", "--bind", part.toString(), inner.toString());
    var point = Files.createDirectories(inner.resolve("private/base"));
    run("mount", "-t", "tmpfs", "none", point.toString());
    Files.writeString(point.resolve("file"), "of the base");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", "--lazy", inner.toString());
    run("umount", "--lazy", scratch.toString());
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  @Test
  void onlyTheDescriptorLeadsToPrivateMounts() throws IOException {
    var found = new PrivateMounts(scratch, inner).hide().orElseThrow();

    assertThat(found.resolve("base/file")).hasContent("of the base");
    try (var files = Files.walk(folder)) {
      assertThat(files).noneMatch(path -> path.endsWith("file"));
    }
    assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain("private/base");
  }

  @Test
  void hiddenMountsAreWritable() throws IOException {
    var found = new PrivateMounts(scratch, inner).hide().orElseThrow();
    Files.writeString(found.resolve("base/new"), "x");

    assertThat(found.resolve("base/new")).hasContent("x");
  }

  @Test
  void missingMountsAreNotHidden() throws IOException {
    var nothing = new PrivateMounts(folder.resolve("no"), folder.resolve("none"));

    assertThat(nothing.hide()).isEmpty();
  }
}
