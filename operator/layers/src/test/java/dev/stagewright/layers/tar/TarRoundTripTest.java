package dev.stagewright.layers.tar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TarRoundTripTest {
  private static final long AT = 1_700_000_000L;

  static Stream<TarEntry> entries() {
    return Stream.of(
        TarEntry.directory(""),
        TarEntry.directory("etc").withMode(01777).withMtime(AT, 0),
        TarEntry.file("empty", 0),
        TarEntry.symlink("usr/bin/sh", "../../bin/dash").withOwner(3, 4),
        TarEntry.symlink("to-the-root", "/"),
        TarEntry.hardLink("b", "a"),
        TarEntry.fifo("run/pipe"),
        TarEntry.device("dev/null", TarEntry.Type.CHARACTER_DEVICE, 1, 3),
        TarEntry.device("dev/sda", TarEntry.Type.BLOCK_DEVICE, 8, 0),
        TarEntry.file("setuid", 0).withMode(06755),
        TarEntry.file("large-owner", 0).withOwner(2_097_152, 4_294_967_294L),
        TarEntry.file("with nanoseconds", 0).withMtime(AT, 120_000_000),
        TarEntry.file("before 1970", 0).withMtime(-2, 500_000_000),
        TarEntry.file("just before 1970", 0).withMtime(-1, 999_999_999),
        TarEntry.file("after 2242", 0).withMtime(1L << 33, 0),
        TarEntry.file("d/" + "n".repeat(255), 0),
        TarEntry.file("p".repeat(150) + "/" + "n".repeat(100), 0),
        TarEntry.directory("p".repeat(155) + "/" + "n".repeat(99)),
        TarEntry.directory("p".repeat(155) + "/" + "n".repeat(100)),
        TarEntry.file("deep/".repeat(200) + "file", 0),
        TarEntry.symlink("long-target", "t".repeat(4000)),
        TarEntry.hardLink("long-link", "t/".repeat(100) + "t"),
        TarEntry.file(RawName.of("gr\u00fc\u00dfe \u2603"), 0),
        TarEntry.file("not utf-8 \u00ff\u0080", 0),
        TarEntry.file("line\nbreak", 0),
        TarEntry.file("xattrs", 0)
            .withXattrs(
                Map.of(
                    "security.capability", new byte[] {1, 0, 0, 2, '\n', '=', (byte) 0xff},
                    "user.empty", new byte[0])));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void readsWrittenEntry(TarEntry entry) throws IOException {
    var archive = new ByteArrayOutputStream();
    try (var tar = new TarWriter(archive)) {
      tar.put(entry);
      tar.put(TarEntry.file("next", 0));
    }
    try (var tar = new TarReader(new ByteArrayInputStream(archive.toByteArray()))) {
      assertThat(tar.next()).contains(entry);
      assertThat(tar.next()).contains(TarEntry.file("next", 0));
      assertThat(tar.next()).isEmpty();
    }
  }

  @Test
  void separatesContents() throws IOException {
    var archive = new ByteArrayOutputStream();
    try (var tar = new TarWriter(archive)) {
      for (var size : new int[] {0, 1, 511, 512, 513, 100_000}) {
        tar.put(
            TarEntry.file("f" + size, size),
            new ByteArrayInputStream("x".repeat(size).getBytes(StandardCharsets.US_ASCII)));
      }
    }
    try (var tar = new TarReader(new ByteArrayInputStream(archive.toByteArray()))) {
      for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        var size = Integer.parseInt(entry.get().name().substring(1));
        assertThat(tar.content()).hasContent("x".repeat(size));
      }
    }
  }
}
