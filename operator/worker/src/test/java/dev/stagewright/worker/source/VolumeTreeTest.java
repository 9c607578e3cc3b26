package dev.stagewright.worker.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.tar.IndexedTar;
import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.worker.context.ContextWriter;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeTreeTest {
  private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000, 123_456_789);

  @TempDir private Path volume;
  @TempDir private Path context;

  @Test
  void keepsModesTimesAndContentOwnedByRoot() throws Exception {
    var file = Files.writeString(volume.resolve("run"), "hello");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
    Files.setLastModifiedTime(file, FileTime.from(TIME));

    try (var tar = write()) {
      assertThat(tar.entry("run"))
          .contains(
              TarEntry.file("run", 5)
                  .withMode(0751)
                  .withMtime(TIME.getEpochSecond(), TIME.getNano()));
      assertThat(tar.open("run")).hasContent("hello");
    }
  }

  @Test
  void keepsBrokenAndExternalLinks() throws Exception {
    Files.createSymbolicLink(volume.resolve("broken"), Path.of("nowhere"));
    Files.createSymbolicLink(volume.resolve("out"), Path.of("/etc/passwd"));

    try (var tar = write()) {
      assertThat(tar.entry("broken").orElseThrow().linkName()).isEqualTo("nowhere");
      assertThat(tar.entry("out").orElseThrow().linkName()).isEqualTo("/etc/passwd");
    }
  }

  @Test
  void keepsHardLinks() throws Exception {
    Files.writeString(volume.resolve("a"), "x");
    Files.createLink(volume.resolve("b"), volume.resolve("a"));

    try (var tar = write()) {
      assertThat(tar.entry("b").orElseThrow())
          .extracting(TarEntry::type, TarEntry::linkName)
          .containsExactly(TarEntry.Type.HARD_LINK, "a");
    }
  }

  @Test
  void writesHardLinkToIgnoredFileAsFile() throws Exception {
    Files.writeString(volume.resolve("a"), "x");
    Files.createLink(volume.resolve("b"), volume.resolve("a"));
    Files.createLink(volume.resolve("c"), volume.resolve("a"));

    try (var tar = write("a")) {
      assertThat(tar.open("b")).hasContent("x");
      assertThat(tar.entry("c").orElseThrow().linkName()).isEqualTo("b");
    }
  }

  @Test
  void keepsPipes() throws Exception {
    var made = new ProcessBuilder("mkfifo", volume.resolve("pipe").toString()).start().waitFor();
    assertThat(made).isZero();

    try (var tar = write()) {
      assertThat(tar.entry("pipe").orElseThrow().type()).isEqualTo(TarEntry.Type.FIFO);
    }
  }

  @Test
  void replacesSocketByEmptyFile() throws Exception {
    var address = UnixDomainSocketAddress.of(volume.resolve("socket"));
    try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(address);
      try (var tar = write()) {
        assertThat(tar.entry("socket").orElseThrow())
            .extracting(TarEntry::type, TarEntry::size)
            .containsExactly(TarEntry.Type.FILE, 0L);
      }
    }
  }

  @Test
  void keepsExtendedAttributes() throws Exception {
    var file = Files.writeString(volume.resolve("a"), "x");
    var view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    view.write("colour", StandardCharsets.UTF_8.encode("red"));

    try (var tar = write()) {
      assertThat(tar.entry("a").orElseThrow().xattrs())
          .containsEntry("user.colour", "red".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void keepsNamesThatAreNotUtf8() throws Exception {
    var touch = "touch \"$(printf 'a\\377b')\"";
    new ProcessBuilder("sh", "-c", touch).directory(volume.toFile()).start().waitFor();

    try (var tar = write()) {
      assertThat(tar.children(""))
          .containsExactly(RawName.ofBytes(new byte[] {'a', (byte) 0xff, 'b'}));
    }
  }

  @Test
  void keepsModeOfIgnoredParentDirectory() throws Exception {
    Files.writeString(Files.createDirectory(volume.resolve("dir")).resolve("a"), "x");
    Files.setPosixFilePermissions(
        volume.resolve("dir"), PosixFilePermissions.fromString("rwx------"));

    try (var tar = write("dir")) {
      assertThat(tar.entry("dir").orElseThrow().mode()).isEqualTo(0700);
    }
  }

  @Test
  void resolvesLinksWithinVolume() throws Exception {
    Files.writeString(Files.createDirectory(volume.resolve("etc")).resolve("passwd"), "ours");
    Files.createSymbolicLink(volume.resolve("link"), Path.of("/etc"));

    assertThat(new SourceTextFiles(VolumeTree.open(volume)).read("link/passwd")).contains("ours");
    assertThat(new SourceTextFiles(VolumeTree.open(volume)).read("link/hosts")).isEmpty();
  }

  private IndexedTar write(String... ignored) throws IOException {
    new ContextWriter(Set.of(ignored)::contains).write(VolumeTree.open(volume), context);
    return IndexedTar.open(context.resolve(Workspace.TAR), context.resolve(Workspace.INDEX));
  }
}
