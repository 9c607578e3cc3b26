package dev.stagewright.layers.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.DataOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IndexedTarTest {
  @TempDir Path folder;
  private Path tar;
  private Path index;

  @BeforeEach
  void nameTheFiles() {
    tar = folder.resolve("files.tar");
    index = folder.resolve("files.idx");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void put(IndexedTarWriter writer, String path, String content) throws IOException {
    writer.put(
        TarEntry.file(path, bytes(content).length), new ByteArrayInputStream(bytes(content)));
  }

  private IndexedTar sample() throws IOException {
    try (var writer = new IndexedTarWriter(tar, index)) {
      writer.put(TarEntry.directory(""));
      put(writer, "z", "last by name, first in the archive");
      writer.put(TarEntry.directory("a"));
      put(writer, "a-b", "sorts between a and a/b by its bytes");
      put(writer, "a/b", "b");
      put(writer, "a/" + "long".repeat(60), "long");
      writer.put(TarEntry.directory("a/dir").withMode(0700).withMtime(5, 6));
      put(writer, "a/dir/deep", "deep");
      put(writer, "a.c", "");
      writer.put(TarEntry.hardLink("hard", "a/b"));
      writer.put(TarEntry.symlink("soft", "a/b"));
      put(writer, "implied/parent/file", "x");
      put(writer, RawName.of("\u00fcber"), "u");
      writer.finish();
    }
    return IndexedTar.open(tar, index);
  }

  @Test
  void findsEveryPath() throws IOException {
    try (var files = sample()) {
      assertThat(files.size()).isEqualTo(13);
      assertThat(files.entry("a/dir"))
          .contains(TarEntry.directory("a/dir").withMode(0700).withMtime(5, 6));
      assertThat(files.entry("a/" + "long".repeat(60))).map(TarEntry::size).contains(4L);
      assertThat(files.entry("")).map(TarEntry::type).contains(TarEntry.Type.DIRECTORY);
      assertThat(files.entry("hard")).contains(TarEntry.hardLink("hard", "a/b"));
      assertThat(files.entry("a/no")).isEmpty();
      assertThat(files.entry("implied")).isEmpty();
    }
  }

  @Test
  void listsDirectChildren() throws IOException {
    try (var files = sample()) {
      assertThat(files.children(""))
          .containsExactly(
              "a", "a-b", "a.c", "hard", "implied", "soft", "z", RawName.of("\u00fcber"));
      assertThat(files.children("a")).containsExactly("b", "dir", "long".repeat(60));
      assertThat(files.children("a/dir")).containsExactly("deep");
      assertThat(files.children("implied")).containsExactly("parent");
      assertThat(files.children("a/b")).isEmpty();
      assertThat(files.children("no")).isEmpty();
    }
  }

  @Test
  void opensContentThroughHardLinks() throws IOException {
    try (var files = sample();
        var direct = files.open("a/dir/deep");
        var linked = files.open("hard")) {
      assertThat(linked).hasContent("b");
      assertThat(direct).hasContent("deep");
      assertThat(files.resolvedEntry("hard")).contains(TarEntry.file("hard", 1));
    }
  }

  @Test
  void findsFilesOfHardLinks() throws IOException {
    try (var files = sample()) {
      assertThat(files.fileOf("hard")).isEqualTo("a/b");
      assertThat(files.fileOf("a/b")).isEqualTo("a/b");
      assertThat(files.fileOf("soft")).isEqualTo("soft");
    }
  }

  @Test
  void returnsDigestsOfContents() throws IOException {
    try (var files = sample()) {
      assertThat(files.contentDigest("a/b")).contains(Digest.of(bytes("b")));
      assertThat(files.contentDigest("hard")).contains(Digest.of(bytes("b")));
      assertThat(files.contentDigest("a.c")).contains(Digest.of(new byte[0]));
      assertThat(files.contentDigest("a")).isEmpty();
      assertThat(files.contentDigest("soft")).isEmpty();
      assertThat(files.contentDigest("no")).isEmpty();
    }
  }

  @Test
  void usesLastEntryOfPath() throws IOException {
    try (var writer = new IndexedTarWriter(tar, index)) {
      put(writer, "a", "first");
      put(writer, "b", "between");
      put(writer, "a", "second");
      writer.finish();
    }
    try (var files = IndexedTar.open(tar, index);
        var content = files.open("a")) {
      assertThat(content).hasContent("second");
      assertThat(files.children("")).containsExactly("a", "b");
    }
  }

  @Test
  void remainsReadableTar() throws IOException {
    sample().close();

    try (var reader = new TarReader(Files.newInputStream(tar))) {
      var count = 0;
      while (reader.next().isPresent()) {
        count++;
      }
      assertThat(count).isEqualTo(13);
    }
  }

  @Test
  void leavesNothingIfNotFinished() throws IOException {
    try (var writer = new IndexedTarWriter(tar, index)) {
      put(writer, "a", "a");
    }

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void reportsMissingPath() throws IOException {
    try (var files = sample()) {
      assertThatThrownBy(() -> files.open("a/no"))
          .isInstanceOf(FileNotFoundException.class)
          .hasMessageEndingWith("files.tar has no a/no");
    }
  }

  @Test
  void rejectsBrokenHardLink() throws IOException {
    try (var writer = new IndexedTarWriter(tar, index)) {
      writer.put(TarEntry.hardLink("a", "b"));
      writer.put(TarEntry.hardLink("b", "a"));
      writer.finish();
    }
    try (var files = IndexedTar.open(tar, index)) {
      assertThatThrownBy(() -> files.open("b"))
          .isInstanceOf(MalformedTarException.class)
          .hasMessageEndingWith("hard link a has no file before it");
    }
  }

  @Test
  void rejectsMalformedIndex() throws IOException {
    sample().close();
    var whole = Files.readAllBytes(index);
    Files.write(index, Arrays.copyOf(whole, whole.length - 1));
    assertThatThrownBy(() -> IndexedTar.open(tar, index))
        .isInstanceOf(MalformedTarException.class)
        .hasMessage("the tar index is truncated");

    Files.writeString(index, "something else");
    assertThatThrownBy(() -> IndexedTar.open(tar, index))
        .isInstanceOf(MalformedTarException.class)
        .hasMessage("not a tar index");
  }

  @Test
  void followsNoLinkToAnotherFile() throws IOException {
    sample().close();
    var secret = Files.writeString(folder.resolve("password"), "secret");
    Files.delete(tar);
    Files.createSymbolicLink(tar, secret);

    assertThatThrownBy(() -> IndexedTar.open(tar, index))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("files.tar is not a regular file");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"../out", "a/../../out", "/etc/passwd", "a//b", "a/./b", "a/", "."})
  void rejectsNamesThatLeadOutOfTheArchive(String name) throws IOException {
    writeIndex(1, name);

    assertThatThrownBy(() -> IndexedTar.open(tar, index))
        .isInstanceOf(MalformedTarException.class)
        .hasMessage("the tar index has the name " + name);
  }

  @ParameterizedTest(name = "{0} entries")
  @ValueSource(ints = {-1, 2, Integer.MAX_VALUE})
  void rejectsWrongNumbersWithoutMemoryForThem(int count) throws IOException {
    writeIndex(count, "a");

    assertThatThrownBy(() -> IndexedTar.open(tar, index))
        .isInstanceOf(MalformedTarException.class)
        .hasMessage("the tar index is truncated");
  }

  /** The name in the archive can be any; nobody verifies it. */
  @Test
  void entriesHaveTheNamesOfTheIndex() throws IOException {
    try (var writer = new IndexedTarWriter(tar, folder.resolve("other.idx"))) {
      put(writer, "b", "content");
      writer.finish();
    }
    writeIndex(1, "a");

    try (var files = IndexedTar.open(tar, index)) {
      assertThat(files.entry("a")).map(TarEntry::name).contains("a");
    }
  }

  private void writeIndex(int count, String name) throws IOException {
    if (Files.notExists(tar)) {
      Files.createFile(tar);
    }
    try (var out = new DataOutputStream(Files.newOutputStream(index))) {
      out.writeLong(0x7377696e64657831L);
      out.writeInt(count);
      out.writeInt(bytes(name).length);
      out.write(bytes(name));
      out.writeLong(0);
      out.write(new byte[TarIndex.DIGEST_SIZE]);
    }
  }
}
