package dev.stagewright.layers.gzip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParallelGzipStreamTest {
  private static final int BLOCK = GzipBlock.SIZE;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 40 * BLOCK + 17})
  void restoresContentOfAnySize(int size) throws IOException {
    var content = words(size);

    assertThat(unpack(pack(content, 2, 8192))).isEqualTo(content);
  }

  @Test
  void isIndependentOfThreadsAndWrites() throws IOException {
    var content = words(20 * BLOCK + 5);
    var expected = pack(content, 1, content.length);

    for (var threads : new int[] {1, 2, 3, 8}) {
      for (var piece : new int[] {1000, BLOCK, 3 * BLOCK + 1}) {
        assertThat(pack(content, threads, piece)).isEqualTo(expected);
      }
    }
  }

  @Test
  void compressesNearlyAsWellAsOneBlock() throws IOException {
    var line = words(20_000);
    var content = new byte[50 * line.length];
    for (var i = 0; i < content.length; i += line.length) {
      System.arraycopy(line, 0, content, i, line.length);
    }

    var whole = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(whole)) {
      gzip.write(content);
    }
    assertThat(pack(content, 2, 8192)).hasSizeLessThan(whole.size() + whole.size() / 20);
  }

  @Test
  void acceptsIncompressibleContent() throws IOException {
    var content = new byte[5 * BLOCK];
    new Random(1).nextBytes(content);

    var packed = pack(content, 2, 8192);
    assertThat(packed).hasSizeLessThan(content.length + content.length / 1000);
    assertThat(unpack(packed)).isEqualTo(content);
  }

  @Test
  void writesOneMemberThatGzipReads(@TempDir Path directory) throws Exception {
    var content = words(10 * BLOCK);
    var file = Files.write(directory.resolve("a.gz"), pack(content, 2, 8192));

    var gzip = new ProcessBuilder("gzip", "-dc", file.toString()).start();
    assertThat(gzip.getInputStream().readAllBytes()).isEqualTo(content);
    assertThat(gzip.waitFor()).isZero();
  }

  @Test
  void reportsFailedWrite() {
    var full =
        new OutputStream() {
          private int left = 100;

          @Override
          public void write(int b) throws IOException {
            if (left-- == 0) {
              throw new IOException("No space left on device");
            }
          }
        };

    assertThatThrownBy(
            () -> {
              try (var gzip = new ParallelGzipStream(full, 6, 2)) {
                gzip.write(words(30 * BLOCK));
              }
            })
        .hasMessage("No space left on device");
  }

  private static byte[] pack(byte[] content, int threads, int piece) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new ParallelGzipStream(packed, 6, threads)) {
      for (var at = 0; at < content.length; at += piece) {
        gzip.write(content, at, Math.min(piece, content.length - at));
      }
    }
    return packed.toByteArray();
  }

  private static byte[] unpack(byte[] packed) throws IOException {
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return gzip.readAllBytes();
    }
  }

  private static byte[] words(int size) {
    var random = new Random(42);
    var text = new StringBuilder();
    while (text.length() < size) {
      text.append("word").append(random.nextInt(5000)).append(' ');
    }
    return Arrays.copyOf(text.toString().getBytes(StandardCharsets.US_ASCII), size);
  }
}
