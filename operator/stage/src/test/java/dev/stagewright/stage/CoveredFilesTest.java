package dev.stagewright.stage;

import static dev.stagewright.stage.TestStage.copyFrom;
import static dev.stagewright.stage.TestStage.position;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarWriter;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.Step;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files at mount points of the Pod in the sandbox {@code inPlace}. */
@NeedsRoot
class CoveredFilesTest {
  @TempDir Path folder;
  private TestRoot root;
  private TestStage build;

  @BeforeEach
  void prepare() throws IOException {
    root = TestRoot.create(Files.createDirectory(folder.resolve("root")));
    build = new TestStage(folder.resolve("workspace"));
    Files.createDirectories(root.path().resolve("proc"));
    root.write("etc/hosts", "");
    Tar.lines("mount", "-t", "tmpfs", "none", path("proc"));
    Tar.lines("mount", "-t", "tmpfs", "none", path("dev"));
    // The JDK opens this file for a command without input.
    Tar.lines("mknod", "-m", "666", path("dev/null"), "c", "1", "3");
    Tar.lines("mount", "--bind", path("etc/passwd"), path("etc/hosts"));
  }

  @AfterEach
  void unmount() throws IOException {
    for (var point : List.of("proc", "dev", "etc/hosts")) {
      Tar.lines("umount", path(point));
    }
  }

  private String path(String name) {
    return root.path().resolve(name).toString();
  }

  private static byte[] archive() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarWriter(bytes)) {
      tar.put(TarEntry.directory("dev"));
      tar.put(TarEntry.device("dev/console", TarEntry.Type.CHARACTER_DEVICE, 5, 1));
      tar.put(TarEntry.directory("proc").withMode(0555));
      tar.put(TarEntry.directory("etc"));
      var hosts = "of the archive".getBytes(StandardCharsets.UTF_8);
      tar.put(TarEntry.file("etc/hosts", hosts.length), new ByteArrayInputStream(hosts));
      tar.put(TarEntry.hardLink("etc/hosts.copy", "etc/hosts"));
    }
    return bytes.toByteArray();
  }

  private static Step.Copy add(String source) {
    return Step.Copy.builder(position("ADD " + source + " /"), new Step.CopyFrom.Context(), "/")
        .sources(List.of(source))
        .unpack(true)
        .build();
  }

  private void passes(StageBase base, Step... steps) throws IOException {
    build.stage("s0", base, List.of("/"), true, steps);
    assertThat(build.run("s0", root.path())).as(build.log()).isZero();
  }

  @Test
  void archiveOfARootIsCompleteInTheLayer() throws IOException {
    var archive = archive();
    build.context(TarEntry.file("rootfs.tar", archive.length), archive);
    var empty = Files.createDirectory(folder.resolve("empty"));
    build.base(empty);
    passes(TestStage.BASE, add("rootfs.tar"));

    assertThat(build.layer("s0", 0))
        .containsExactly("dev/", "dev/console", "etc/", "etc/hosts", "etc/hosts.copy", "proc/");
    assertThat(Files.readString(root.path().resolve("etc/hosts.copy"))).isEqualTo("of the archive");
    assertThat(Files.readString(root.path().resolve("etc/hosts"))).startsWith("root:");
    assertThat(root.path().resolve("dev/console")).doesNotExist();
  }

  @Test
  void copiedFilesAreExported() throws IOException {
    build.context(TarEntry.file("hosts", 0));
    var before = Instant.ofEpochSecond(1_000_000_000);
    Files.setLastModifiedTime(root.path().resolve("etc"), FileTime.from(before));
    passes(TestStage.BASE, copyFrom(new Step.CopyFrom.Context(), "/etc/hosts", "hosts"));

    assertThat(build.layer("s0", 0)).containsExactly("etc/", "etc/hosts");
    assertThat(Files.getLastModifiedTime(root.path().resolve("etc")).toInstant())
        .as("time of the directory that has a new file")
        .isAfter(before);
    build.stage(
        "s1",
        TestStage.BASE,
        List.of(),
        true,
        copyFrom(new Step.CopyFrom.Stage("s0"), "/out/", "/etc/hosts"));
    assertThat(build.run("s1", root.path())).as(build.log()).isZero();
    assertThat(Files.readString(root.path().resolve("out/hosts"))).isEqualTo("hosts");
  }

  @Test
  void hostnameFileBelongsToTheStage() throws IOException {
    root.write("etc/hostname", "of-the-base\n");
    var base = TestRoot.create(Files.createDirectory(folder.resolve("base")));
    base.write("etc/hostname", "of-the-base\n");
    build.base(base.path());
    var pod = Files.writeString(folder.resolve("hostname"), "of-the-pod\n");
    Tar.lines("mount", "--bind", pod.toString(), path("etc/hostname"));
    try {
      passes(
          TestStage.BASE,
          TestStage.run("cat /etc/hostname"),
          TestStage.run("echo mine >> /etc/hostname"));
    } finally {
      Tar.lines("umount", path("etc/hostname"));
    }

    assertThat(build.log()).contains("\nof-the-base\n").doesNotContain("of-the-pod");
    assertThat(build.layer("s0", 0)).isEmpty();
    assertThat(build.layer("s0", 1)).containsExactly("etc/", "etc/hostname");
  }

  @Test
  void eachCommandHasTheNameResolutionOfThePod() throws IOException {
    root.write("etc/resolv.conf", "");
    var pod = Files.writeString(folder.resolve("resolv.conf"), "of-the-pod\n");
    Tar.lines("mount", "--bind", pod.toString(), path("etc/resolv.conf"));
    try {
      passes(
          TestStage.BASE,
          TestStage.run("echo mine >> /etc/resolv.conf; grep -c mine /etc/resolv.conf"),
          TestStage.run("cat /etc/resolv.conf"));
    } finally {
      Tar.lines("umount", path("etc/resolv.conf"));
    }

    assertThat(build.log()).contains("\n1\n").endsWith("RUN cat /etc/resolv.conf\nof-the-pod\n");
    assertThat(build.layer("s0", 0)).isEmpty();
  }

  @Test
  void filesOfTheBaseAreKept() throws IOException {
    var base = TestRoot.create(Files.createDirectory(folder.resolve("base")));
    base.write("etc/hosts", "of the base");
    build.base(base.path());
    build.context(TarEntry.file("tty", 0));
    passes(TestStage.BASE, TestStage.copy("/dev/", "tty"));

    assertThat(build.layer("s0", 0)).containsExactly("dev/", "dev/tty");
  }
}
