package dev.stagewright.layers.tar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the compatibility with the system's {@code tar}. */
final class GnuTarTest {
  private static final Instant TIME = Instant.parse("2024-02-03T04:05:06.123456789Z");
  private static final String LONG_DIRECTORY = "directory-".repeat(12);
  private static final String LONG_FILE = LONG_DIRECTORY + "/" + "n".repeat(255);

  @TempDir Path folder;
  private Path archive;

  @BeforeEach
  void nameTheArchive() {
    archive = folder.resolve("archive.tar");
  }

  private void tar(String... arguments) throws IOException, InterruptedException {
    var command = new ProcessBuilder("tar");
    command.command().addAll(List.of(arguments));
    command.environment().put("LC_ALL", "C.UTF-8");
    var process = command.redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    assertThat(output).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gnu", "pax", "oldgnu"})
  void readsArchiveOfSystemTar(String format) throws Exception {
    var tree = Files.createDirectories(folder.resolve("tree"));
    Files.createDirectories(tree.resolve(LONG_DIRECTORY));
    Files.writeString(tree.resolve(LONG_FILE), "long");
    var file = Files.writeString(tree.resolve("gr\u00fc\u00df"), "x".repeat(70_000));
    Files.setLastModifiedTime(file, FileTime.from(TIME));
    Files.createLink(tree.resolve("zlink"), file);
    Files.createSymbolicLink(tree.resolve("symlink"), Path.of("t".repeat(300)));

    tar(
        "-C",
        tree.toString(),
        "-cf",
        archive.toString(),
        "--sort=name",
        "--format",
        format,
        "--owner=2097152",
        "--group=5",
        ".");

    var entries = entries();
    assertThat(entries.keySet())
        .containsExactlyInAnyOrder(
            "", LONG_DIRECTORY, LONG_FILE, RawName.of("gr\u00fc\u00df"), "zlink", "symlink");
    var read = entries.getOrDefault(RawName.of("gr\u00fc\u00df"), TarEntry.fifo("none"));
    assertThat(read.size()).isEqualTo(70_000);
    assertThat(read.uid()).isEqualTo(2_097_152);
    assertThat(read.gid()).isEqualTo(5);
    assertThat(read.mtimeSeconds()).isEqualTo(TIME.getEpochSecond());
    assertThat(read.mtimeNanos()).isEqualTo(format.equals("pax") ? TIME.getNano() : 0);
    assertThat(entries.get("zlink"))
        .extracting(TarEntry::linkName)
        .isEqualTo(RawName.of("gr\u00fc\u00df"));
    assertThat(entries.get("symlink")).extracting(TarEntry::linkName).isEqualTo("t".repeat(300));
  }

  private Map<String, TarEntry> entries() throws IOException {
    var entries = new LinkedHashMap<String, TarEntry>();
    try (var tar = new TarReader(Files.newInputStream(archive))) {
      for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        entries.put(entry.get().name(), entry.get());
      }
    }
    return entries;
  }

  @Test
  void writesArchiveForSystemTar() throws Exception {
    try (var tar = new TarWriter(new BufferedOutputStream(Files.newOutputStream(archive)))) {
      tar.put(TarEntry.directory("").withMode(0750));
      tar.put(TarEntry.directory(LONG_DIRECTORY));
      put(tar, TarEntry.file(LONG_FILE, 4), "long");
      put(
          tar,
          TarEntry.file(RawName.of("gr\u00fc\u00df"), 5)
              .withMode(0604)
              .withMtime(TIME.getEpochSecond(), TIME.getNano()),
          "hello");
      put(tar, TarEntry.file("not utf-8 \u00ff", 1), "x");
      tar.put(TarEntry.hardLink("hard", RawName.of("gr\u00fc\u00df")));
      tar.put(TarEntry.symlink("symlink", "t".repeat(300)));
    }
    var tree = Files.createDirectories(folder.resolve("tree"));

    tar("-C", tree.toString(), "-xpf", archive.toString(), "--no-same-owner");

    assertThat(tree.resolve(LONG_FILE)).hasContent("long");
    var file = tree.resolve("gr\u00fc\u00df");
    assertThat(file).hasContent("hello");
    assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(TIME);
    assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0100604);
    assertThat(Files.isSameFile(tree.resolve("hard"), file)).isTrue();
    assertThat(Files.readSymbolicLink(tree.resolve("symlink"))).hasToString("t".repeat(300));
    assertThat(Files.getAttribute(tree, "unix:mode", LinkOption.NOFOLLOW_LINKS)).isEqualTo(040750);
    try (var files = Files.list(tree)) {
      assertThat(files).hasSize(5);
    }
  }

  private static void put(TarWriter tar, TarEntry entry, String content) throws IOException {
    tar.put(entry, new ByteArrayInputStream(content.getBytes(StandardCharsets.US_ASCII)));
  }
}
