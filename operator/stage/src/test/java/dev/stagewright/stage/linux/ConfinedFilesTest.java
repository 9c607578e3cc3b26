package dev.stagewright.stage.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No path leads out of a confined root, even if its symbolic links were not resolved. */
class ConfinedFilesTest {
  @TempDir Path folder;
  private Path outside;
  private RootFileSystem files;

  @BeforeEach
  void open() throws IOException {
    outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "secret");
    var root = Files.createDirectory(folder.resolve("root"));
    Files.createDirectories(root.resolve("a/b"));
    Files.writeString(root.resolve("a/b/file"), "content");
    Files.createSymbolicLink(root.resolve("absolute"), outside);
    Files.createSymbolicLink(root.resolve("relative"), Path.of("../outside"));
    files = RootFileSystem.openConfined(root);
  }

  @AfterEach
  void close() {
    files.close();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "absolute/secret",
        "relative/secret",
        "../outside/secret",
        "a/../../outside/secret",
        "a/b/../../../outside/secret",
      })
  void readsNothingOutside(String path) throws IOException {
    assertThatThrownBy(() -> files.read(path)).isInstanceOf(LinuxException.class);
    assertThat(files.attributes().all(path)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {"absolute/new", "relative/new", "../outside/new", "..", ".", "a/..", "a//b"})
  void changesNothingOutside(String path) throws IOException {
    var before = Files.getLastModifiedTime(folder);
    assertThatThrownBy(() -> files.create(path)).isInstanceOf(LinuxException.class);
    assertThatThrownBy(() -> files.makeDirectory(path)).isInstanceOf(LinuxException.class);
    assertThatThrownBy(() -> files.makeSymlink("x", path)).isInstanceOf(LinuxException.class);
    assertThatThrownBy(() -> files.makeHardLink("a/b/file", path))
        .isInstanceOf(LinuxException.class);
    assertThatThrownBy(() -> files.rename("a/b/file", path)).isInstanceOf(LinuxException.class);
    assertThatThrownBy(() -> files.setModified(path, 1, 0)).isInstanceOf(LinuxException.class);
    assertThatThrownBy(() -> files.setMode(path, 0777)).isInstanceOf(LinuxException.class);

    assertThat(outside)
        .isDirectoryContaining("glob:**/secret")
        .isDirectoryNotContaining("glob:**/new");
    assertThat(Files.getLastModifiedTime(folder)).isEqualTo(before);
  }

  @Test
  void linksAndMovesNothingFromOutside() {
    for (var path : new String[] {"absolute/secret", "relative/secret", "../outside/secret"}) {
      assertThatThrownBy(() -> files.makeHardLink(path, "stolen"))
          .isInstanceOf(LinuxException.class);
      assertThatThrownBy(() -> files.rename(path, "stolen")).isInstanceOf(LinuxException.class);
      assertThatThrownBy(() -> files.unlink(path)).isInstanceOf(LinuxException.class);
    }
    assertThat(outside.resolve("secret")).hasContent("secret");
  }

  /** The kernel would take the part before the null byte. */
  @Test
  void namesDoNotEndAtNullBytes() {
    assertThatThrownBy(() -> files.makeDirectory("..\0x")).isInstanceOf(LinuxException.class);
    assertThatThrownBy(() -> files.setModified("a/..\0", 1, 0)).isInstanceOf(LinuxException.class);
  }

  @Test
  void ordinaryPathsWork() throws IOException {
    try (var out = files.create("a/b/new")) {
      out.write("new".getBytes(StandardCharsets.UTF_8));
    }
    files.makeHardLink("a/b/new", "a/again");
    files.makeSymlink("/x", "a/link");
    files.rename("a/b/file", "moved");

    assertThat(files.list("")).containsExactly("a", "absolute", "moved", "relative");
    assertThat(files.list("a")).containsExactly("again", "b", "link");
    assertThat(files.readLink("a/link")).contains("/x");
    assertThat(files.status("a/b/new").orElseThrow().links()).isEqualTo(2);
    assertThat(files.status("").orElseThrow().isDirectory()).isTrue();
    assertThat(files.status("a/b/gone")).isEmpty();
    assertThat(files.status("moved/below/a/file")).isEmpty();
    try (var in = files.read("moved")) {
      assertThat(in.readAllBytes()).asString().isEqualTo("content");
    }
  }

  @Test
  void directoryThatBecameALinkIsNotUsed() throws IOException {
    assertThat(files.status("a/b/file")).isPresent();
    files.unlink("a/b/file");
    files.removeDirectory("a/b");
    files.makeSymlink(outside.toString(), "a/b");
    assertThatThrownBy(() -> files.create("a/b/new")).isInstanceOf(LinuxException.class);
    files.unlink("a/b");
    files.makeDirectory("a/b");
    files.create("a/b/new").close();

    assertThat(files.list("a/b")).containsExactly("new");
    assertThat(outside.resolve("new")).doesNotExist();
  }

  @Test
  void directoryThatMovedIsFoundAtItsNewPath() throws IOException {
    assertThat(files.status("a/b/file")).isPresent();
    files.rename("a", "c");
    assertThat(files.status("a/b/file")).isEmpty();
    assertThat(files.status("c/b/file")).isPresent();
  }

  @Test
  void pathsMayBeLongerThanPathMax() throws IOException {
    var path = new StringBuilder("long");
    files.makeDirectory("long");
    while (path.length() < 9000) {
      path.append('/').append("d".repeat(200));
      files.makeDirectory(path.toString());
    }
    files.create(path + "/file").close();
    assertThat(files.list(path.toString())).containsExactly("file");
    assertThat(files.status(path + "/file").orElseThrow().isFile()).isTrue();
    files.unlink(path + "/file");
    for (var at = path.toString(); at.contains("/"); at = at.substring(0, at.lastIndexOf('/'))) {
      files.removeDirectory(at);
    }
  }
}
