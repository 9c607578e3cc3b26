package dev.stagewright.kubectl.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarReader;
import dev.stagewright.layers.tar.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderContextTest {
  private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000, 123_000_000);

  @TempDir private Path parent;
  private Path folder;

  @BeforeEach
  void createFolder() throws IOException {
    folder = Files.createDirectory(parent.resolve("context"));
    write("Dockerfile", "FROM scratch\n");
  }

  private Path write(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private FolderContext scan() throws ContextException {
    return FolderContext.scan(folder, DockerfileText.find(folder, Optional.empty()));
  }

  private List<TarEntry> sent() throws IOException, ContextException {
    var out = new ByteArrayOutputStream();
    try (var tar = new TarWriter(out)) {
      scan().write(tar);
    }
    var entries = new ArrayList<TarEntry>();
    try (var tar = new TarReader(new ByteArrayInputStream(out.toByteArray()))) {
      for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        entries.add(entry.get());
      }
    }
    return entries;
  }

  private List<String> names() throws IOException, ContextException {
    return sent().stream().map(entry -> RawName.text(entry.name())).toList();
  }

  @Test
  void sendsFilesInAStableOrderWithTheirModesAndTimes() throws Exception {
    var run = write("bin/run", "#!/bin/sh\n");
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-x---"));
    Files.setLastModifiedTime(run, FileTime.from(TIME));
    write("a-ä", "1");

    assertThat(names()).containsExactly("Dockerfile", "a-ä", "bin", "bin/run");
    assertThat(sent().getLast())
        .isEqualTo(
            TarEntry.file("bin/run", 10)
                .withMode(0750)
                .withMtime(TIME.getEpochSecond(), TIME.getNano()));
  }

  @Test
  void keepsLinks() throws Exception {
    write("a", "x");
    Files.createLink(folder.resolve("b"), folder.resolve("a"));
    Files.createSymbolicLink(folder.resolve("c"), Path.of("/etc/passwd"));

    assertThat(sent())
        .extracting(TarEntry::name, TarEntry::type, TarEntry::linkName)
        .contains(
            tuple("a", TarEntry.Type.FILE, ""),
            tuple("b", TarEntry.Type.HARD_LINK, "a"),
            tuple("c", TarEntry.Type.SYMLINK, "/etc/passwd"));
  }

  @Test
  void doesNotSendIgnoredFiles() throws Exception {
    write(".dockerignore", "**/*.log\nnode_modules\n");
    write("node_modules/left-pad/index.js", "");
    write("src/main.js", "");
    write("src/debug.log", "");

    assertThat(names()).containsExactly(".dockerignore", "Dockerfile", "src", "src/main.js");
  }

  @Test
  void sendsTheDirectoriesOfExceptions() throws Exception {
    write(".dockerignore", "*\n!src/main/app.js\n");
    write("src/main/app.js", "");
    write("src/test/test.js", "");

    assertThat(names()).containsExactly("src", "src/main", "src/main/app.js");
    assertThat(scan().dockerfile().orElseThrow().text()).isEqualTo("FROM scratch\n");
  }

  @Test
  void ignoreFileOfTheDockerfileComesFirst() throws Exception {
    write(".dockerignore", "a\n");
    write("web.Dockerfile", "FROM web\n");
    write("web.Dockerfile.dockerignore", "b\n");

    var text = DockerfileText.find(folder, Optional.of(Path.of("web.Dockerfile")));

    assertThat(text.dockerfile().path()).isEqualTo("web.Dockerfile");
    assertThat(text.dockerfile().ignore().orElseThrow().path())
        .isEqualTo("web.Dockerfile.dockerignore");
    assertThat(text.rules().ignores("b")).isTrue();
    assertThat(text.rules().ignores("a")).isFalse();
  }

  @Test
  void dockerfileMayBeOutsideOfTheContext() throws Exception {
    write(".dockerignore", "a\n");
    var outside = Files.writeString(parent.resolve("other"), "FROM other\n");

    var text = DockerfileText.find(folder, Optional.of(outside));

    assertThat(text.dockerfile().path()).isEqualTo("../other");
    assertThat(text.dockerfile().text()).isEqualTo("FROM other\n");
    assertThat(text.rules().ignores("a")).isTrue();
  }

  @Test
  void saysWhichDockerfileIsMissing() {
    assertThatThrownBy(() -> DockerfileText.find(folder, Optional.of(Path.of("missing"))))
        .isInstanceOf(ContextException.class)
        .hasMessage("the Dockerfile missing does not exist");
    assertThatThrownBy(() -> DockerfileText.find(parent, Optional.empty()))
        .hasMessage("%s has no Dockerfile; name the file with -f", parent);
  }

  @Test
  void invalidIgnoreFileIsReportedWithItsLine() throws Exception {
    write(".dockerignore", "ok\n!\n");

    assertThatThrownBy(this::scan)
        .isInstanceOf(ContextException.class)
        .hasMessageStartingWith("failed to read .dockerignore, line 2: ");
  }

  @Test
  void unreadableFileIsNamed() throws Exception {
    var secret = write("secret", "x");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
    assumeThat(Files.isReadable(secret)).isFalse();

    assertThatThrownBy(this::sent)
        .isInstanceOf(ContextException.class)
        .hasMessageContaining("no permission to read " + secret);
  }

  @Test
  void hintsAtDirectoriesThatAreUsuallyIgnored() throws Exception {
    write("web/node_modules/big", "");
    try (var big = new RandomAccessFile(folder.resolve("web/node_modules/big").toFile(), "rw")) {
      big.setLength(30L << 20);
    }

    assertThat(scan().hints())
        .containsExactly(
            "31 MB of the context are in web/node_modules; if the build does not need it, add the"
                + " line \"web/node_modules\" to a file .dockerignore");
  }

  @Test
  void hintsAtTheLargestPartsOfALargeContext() throws Exception {
    write("data/big", "");
    try (var big = new RandomAccessFile(folder.resolve("data/big").toFile(), "rw")) {
      big.setLength(2L << 30);
    }

    assertThat(scan().hints())
        .singleElement()
        .asString()
        .startsWith("the context is large; its largest parts are data (2.1 GB)");
  }
}
