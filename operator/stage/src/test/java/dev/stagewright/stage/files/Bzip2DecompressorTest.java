package dev.stagewright.stage.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stagewright.stage.Tar;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads data that the system's {@code bzip2} wrote. */
class Bzip2DecompressorTest {
  @TempDir Path folder;

  @BeforeEach
  void needsBzip2() {
    assumeTrue(Files.isExecutable(Path.of("/bin/bzip2")), "/bin/bzip2 is missing");
  }

  private byte[] compress(byte[] content, String level) throws IOException {
    var file = folder.resolve("file");
    Files.write(file, content);
    Tar.lines("bzip2", "--force", level, file.toString());
    return Files.readAllBytes(folder.resolve("file.bz2"));
  }

  private static byte[] decompress(byte[] compressed) throws IOException {
    var in = new BufferedInputStream(new ByteArrayInputStream(compressed));
    try (var bzip2 = Bzip2Decompressor.open(in)) {
      return bzip2.readAllBytes();
    }
  }

  @Test
  void randomRepetitiveAndShortContent() throws IOException {
    var random = new byte[300_000];
    new Random(1).nextBytes(random);
    var runs = new byte[1_000_000];
    for (var i = 500_000; i < 500_300; i++) {
      runs[i] = (byte) (i / 5);
    }
    var text = "the quick brown fox\n".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
    for (var content : new byte[][] {random, runs, text, {}, {7}, {1, 1, 1, 1}, {2, 2, 2, 2, 2}}) {
      assertThat(decompress(compress(content, "-1"))).isEqualTo(content);
      assertThat(decompress(compress(content, "-9"))).isEqualTo(content);
    }
  }

  @Test
  void concatenatedStreams() throws IOException {
    var joined = new ByteArrayOutputStream();
    joined.write(compress(new byte[] {1, 2}, "-1"));
    joined.write(compress(new byte[] {3}, "-9"));
    assertThat(decompress(joined.toByteArray())).containsExactly(1, 2, 3);
  }

  @Test
  void damagedOrTruncatedDataIsRejected() throws IOException {
    var content = new byte[5000];
    new Random(2).nextBytes(content);
    var compressed = compress(content, "-9");
    for (var at = 4; at < compressed.length - 5; at += 97) {
      var damaged = compressed.clone();
      damaged[at] ^= 0x10;
      assertThatThrownBy(() -> decompress(damaged)).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> decompress(Arrays.copyOf(compressed, 3000)))
        .isInstanceOf(IOException.class);
  }
}
