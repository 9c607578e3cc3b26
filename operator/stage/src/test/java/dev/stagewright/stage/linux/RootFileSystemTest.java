package dev.stagewright.stage.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.stage.Tar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with raw names. */
class RootFileSystemTest {
  @TempDir Path folder;
  private RootFileSystem files;

  @BeforeEach
  void open() throws IOException {
    files = RootFileSystem.open(folder);
  }

  @Test
  void statusMatchesStat() throws IOException {
    Files.writeString(folder.resolve("f"), "12345");
    Files.createLink(folder.resolve("g"), folder.resolve("f"));
    var status = files.status("f").orElseThrow();
    var expected =
        Tar.lines("stat", "-c", "%s %h %u %g %i %a %Y %Z", folder.resolve("f").toString())
            .getFirst();
    assertThat(
            "%d %d %d %d %d %o %d %d"
                .formatted(
                    status.size(),
                    status.links(),
                    status.uid(),
                    status.gid(),
                    status.inode(),
                    status.mode(),
                    status.mtimeSeconds(),
                    status.ctimeSeconds()))
        .isEqualTo(expected);
    assertThat(status.type()).isEqualTo(FileType.FILE);
  }

  @Test
  void missingFilesAreNoError() throws IOException {
    assertThat(files.status("gone/x")).isEmpty();
    assertThat(files.readLink("gone")).isEmpty();
    assertThat(files.list("gone")).isEmpty();
  }

  @Test
  void namesAreBytes() throws IOException {
    files.create("caf\u00e9\n").close();
    files.makeDirectory("\u00ff");
    assertThat(files.list("")).containsExactly("caf\u00e9\n", "\u00ff");
    assertThat(files.status("\u00ff").orElseThrow().isDirectory()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, 10_000, 3_000_000})
  void zerosTakeNoSpaceInASparseFile(int zeros) throws IOException {
    var content = new byte[zeros + 5 + zeros];
    System.arraycopy(new byte[] {1, 2, 3, 4, 5}, 0, content, zeros, 5);
    try (var out = files.createSparse("sparse")) {
      out.write(content, 0, content.length / 2);
      out.write(content, content.length / 2, content.length - content.length / 2);
    }

    try (var in = files.read("sparse")) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
    var status = files.status("sparse").orElseThrow();
    assertThat(status.size()).isEqualTo(content.length);
    assertThat(status.blocks()).isLessThanOrEqualTo(8 * 3);
  }

  @Test
  void fileOfZerosHasNoBlocks() throws IOException {
    try (var out = files.createSparse("zeros")) {
      out.write(new byte[100_001]);
    }

    assertThat(files.status("zeros").orElseThrow())
        .extracting(FileStatus::size, FileStatus::blocks)
        .containsExactly(100_001L, 0L);
  }

  @Test
  void largeContentIsWrittenAndRead() throws IOException {
    var content = new byte[200_000];
    new java.util.Random(1).nextBytes(content);
    try (var out = files.create("big")) {
      out.write(content);
    }
    try (var in = files.read("big")) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
    assertThat(folder.resolve("big")).hasBinaryContent(content);
  }

  @Test
  void pathsMayBeLongerThanPathMax() throws IOException {
    var name = "d".repeat(200);
    var path = name;
    files.makeDirectory(path);
    for (var i = 0; i < 30; i++) {
      path += "/" + name;
      files.makeDirectory(path);
    }
    files.create(path + "/f").close();
    assertThat(files.list(path)).containsExactly("f");
    assertThat(files.status(path + "/f").orElseThrow().isFile()).isTrue();
    files.unlink(path + "/f");
    for (; !path.isEmpty(); path = path.substring(0, Math.max(0, path.length() - 201))) {
      files.removeDirectory(path);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void largeDirectoriesAreListed() throws IOException {
    for (var i = 0; i < 3000; i++) {
      files.makeSymlink("x", "link-with-a-longer-name-" + i);
    }
    assertThat(files.list("")).hasSize(3000).isSorted();
  }

  @Test
  void errorsContainPathAndCall() {
    assertThatThrownBy(() -> files.makeDirectory("gone/x"))
        .isInstanceOf(LinuxException.class)
        .hasMessage("/gone/x: no such file or directory (mkdirat)");
  }

  @Test
  void timesHaveNanoseconds() throws IOException {
    files.create("f").close();
    files.setModified("f", -5, 123_456_789);
    var status = files.status("f").orElseThrow();
    assertThat(status.mtimeSeconds()).isEqualTo(-5);
    assertThat(status.mtimeNanos()).isEqualTo(123_456_789);
  }

  @Test
  void attributesOfAnOpenFileAreThoseOfItsPath() throws IOException {
    files.create("f").close();
    files.attributes().set("f", "user.short", new byte[] {1, 0, 2});
    files.attributes().set("f", "user.long", new byte[3000]);

    try (var in = files.read("f")) {
      assertThat(in.attributes().all()).containsOnlyKeys("user.long", "user.short");
      assertThat(in.attributes().get("user.short")).contains(new byte[] {1, 0, 2});
      assertThat(in.attributes().get("user.long")).contains(new byte[3000]);
      assertThat(in.attributes().get("user.none")).isEmpty();
    }
    assertThat(files.attributes().all("f")).containsOnlyKeys("user.long", "user.short");
    assertThat(files.attributes().get("f", "user.long")).contains(new byte[3000]);
  }

  @Test
  void manyAttributesAreRead() throws IOException {
    files.create("f").close();
    for (var i = 0; i < 20; i++) {
      files.attributes().set("f", "user.attribute-with-a-long-name-" + i, new byte[] {(byte) i});
    }

    try (var in = files.read("f")) {
      assertThat(in.attributes().all()).hasSize(20);
    }
    assertThat(files.attributes().all("f")).hasSize(20);
  }
}
