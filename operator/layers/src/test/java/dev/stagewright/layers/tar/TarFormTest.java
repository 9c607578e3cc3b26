package dev.stagewright.layers.tar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Tests of the bytes that digests of layers depend on. A change here changes the digest of every
 * image.
 */
final class TarFormTest {
  private static final TarEntry PLAIN =
      TarEntry.file("dir/file", 3).withMode(0640).withOwner(7, 8).withMtime(1_700_000_000L, 0);

  private static byte[] archive(TarEntry entry, String content) throws IOException {
    var archive = new ByteArrayOutputStream();
    try (var tar = new TarWriter(archive)) {
      tar.put(entry, new ByteArrayInputStream(content.getBytes(StandardCharsets.US_ASCII)));
    }
    return archive.toByteArray();
  }

  private static String field(byte[] archive, int offset, int length) {
    return RawName.ofBytes(archive).substring(offset, offset + length);
  }

  @Test
  void writesPlainEntryAsUstarHeader() throws IOException {
    var archive = archive(PLAIN, "abc");

    assertThat(archive).hasSize(512 + 512 + 1024);
    assertThat(field(archive, 0, 9)).isEqualTo("dir/file\0");
    assertThat(field(archive, 100, 57))
        .isEqualTo(
            "0000640\0"
                + "0000007\0"
                + "0000010\0"
                + "00000000003\0"
                + "14524770400\0"
                + "010664\0 "
                + "0");
    assertThat(field(archive, 157, 100)).isEqualTo("\0".repeat(100));
    assertThat(field(archive, 257, 8)).isEqualTo("ustar\00000");
    assertThat(field(archive, 265, 64)).isEqualTo("\0".repeat(64));
    assertThat(field(archive, 329, 16)).isEqualTo("0000000\0".repeat(2));
    assertThat(field(archive, 345, 167)).isEqualTo("\0".repeat(167));
    assertThat(field(archive, 512, 512)).isEqualTo("abc" + "\0".repeat(509));
    assertThat(field(archive, 1024, 1024)).isEqualTo("\0".repeat(1024));
  }

  @Test
  void writesOtherValuesAsSortedPaxRecords() throws IOException {
    var entry =
        TarEntry.file(RawName.of("\u00e9"), 0)
            .withOwner(1L << 21, 1L << 22)
            .withMtime(-1, 500_000_000)
            .withXattrs(Map.of("user.b", new byte[] {0, -1}, "user.a", new byte[0]));

    var archive = archive(entry, "");

    assertThat(field(archive, 0, 10)).isEqualTo("PaxHeader\0");
    assertThat(field(archive, 156, 1)).isEqualTo("x");
    var records =
        """
        24 SCHILY.xattr.user.a=
        26 SCHILY.xattr.user.b=\0\u00ff
        15 gid=4194304
        14 mtime=-0.5
        11 path=\u00c3\u00a9
        15 uid=2097152
        """;
    assertThat(field(archive, 124, 12)).isEqualTo("%011o\0".formatted(records.length()));
    assertThat(field(archive, 512, 512)).isEqualTo(records + "\0".repeat(512 - records.length()));
    assertThat(field(archive, 1024, 3)).isEqualTo("\u00c3\u00a9\0");
    assertThat(field(archive, 1024 + 108, 16)).isEqualTo("0000000\0".repeat(2));
    assertThat(field(archive, 1024 + 136, 12)).isEqualTo("00000000000\0");
  }

  @Test
  void splitsLongNameBeforeUsingPaxHeader() throws IOException {
    var fits = archive(TarEntry.file("p".repeat(155) + "/" + "n".repeat(100), 0), "");
    var doesNot = archive(TarEntry.file("p".repeat(156) + "/" + "n".repeat(100), 0), "");

    assertThat(field(fits, 0, 100)).isEqualTo("n".repeat(100));
    assertThat(field(fits, 345, 155)).isEqualTo("p".repeat(155));
    assertThat(field(doesNot, 0, 10)).isEqualTo("PaxHeader\0");
  }

  @Test
  void keepsFrozenForm() throws IOException {
    var archive = new ByteArrayOutputStream();
    try (var tar = new TarWriter(archive)) {
      tar.put(TarEntry.directory("dir").withMtime(1, 0));
      tar.put(PLAIN, new ByteArrayInputStream(new byte[] {1, 2, 3}));
      tar.put(TarEntry.symlink("dir/link", "x".repeat(101)));
      tar.put(TarEntry.hardLink("dir/other", "dir/file").withMtime(1, 5));
      tar.put(TarEntry.device("dir/null", TarEntry.Type.CHARACTER_DEVICE, 1, 3));
    }

    assertThat(Digest.of(archive.toByteArray()))
        .hasToString("sha256:a1cf33c6a049790f2dbf3c0012bb6977b728b622fb5f987f45fc979282d0bd19");
  }

  @Test
  void rejectsContentOfOtherSize() {
    assertThatThrownBy(() -> archive(PLAIN, "ab"))
        .hasMessage(
            "content of dir/file ends 1 bytes early: the file may have changed while it was read");
    assertThatThrownBy(() -> archive(PLAIN, "abcd"))
        .hasMessage(
            "content of dir/file is longer than 3 bytes: the file may have changed while it was read");
  }
}
