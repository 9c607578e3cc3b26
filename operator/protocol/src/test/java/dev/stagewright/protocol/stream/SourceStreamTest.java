package dev.stagewright.protocol.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.protocol.stream.SourceStreamHeader.StreamedDockerfile;
import dev.stagewright.protocol.stream.SourceStreamHeader.StreamedIgnoreFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceStreamTest {
  private static final SourceStreamHeader HEADER =
      new SourceStreamHeader(
          Optional.of(
              new StreamedDockerfile(
                  "../Dockerfile",
                  "FROM scratch\n",
                  Optional.of(new StreamedIgnoreFile(".dockerignore", "*.o\n")))));

  private static byte[] stream(byte[] content) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var writer = new SourceStreamWriter(out, HEADER)) {
      writer.write(content);
      writer.finish();
    }
    return out.toByteArray();
  }

  private static byte[] read(byte[] stream) throws IOException {
    return new SourceStreamReader(new ByteArrayInputStream(stream)).readAllBytes();
  }

  private static byte[] random(int length) {
    var bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @Test
  void headerComesFirst() throws IOException {
    var reader = new SourceStreamReader(new ByteArrayInputStream(stream(new byte[0])));

    assertThat(reader.header()).isEqualTo(HEADER);
    assertThat(reader.read()).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 262_143, 262_144, 262_145, 1_000_000})
  void contentIsKept(int length) throws IOException {
    var random = random(length);
    var zeros = new byte[length];

    assertThat(read(stream(random))).isEqualTo(random);
    assertThat(read(stream(zeros))).isEqualTo(zeros);
  }

  @Test
  void contentIsCompressedIfThatMakesItSmaller() throws IOException {
    assertThat(stream(new byte[1 << 20])).hasSizeLessThan(20_000);
    assertThat(stream(random(1 << 20))).hasSizeLessThan((1 << 20) + 500);
  }

  @Test
  void truncatedStreamIsRejectedWhereverItEnds() throws IOException {
    var whole = stream(random(300));

    for (var length = 0; length < whole.length; length++) {
      var cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(cut))
          .isInstanceOf(SourceStreamException.class)
          .hasMessage("it ends before its end");
    }
  }

  @Test
  void changedStreamIsRejectedWhereverItChanges() throws IOException {
    var whole = stream(random(300));
    var headerEnd = whole.length - 300 - 50;

    for (var position = headerEnd; position < whole.length; position++) {
      var changed = whole.clone();
      changed[position] ^= 1;
      assertThatThrownBy(() -> read(changed)).isInstanceOf(SourceStreamException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello, world, this is not a stream\n",
        "stagewright-source/2\nH",
        "Dockerfile\0\0\0\0\0\0\0\0\0\0\0"
      })
  void foreignStreamIsRejected(String text) {
    assertThatThrownBy(() -> read(text.getBytes(US_ASCII)))
        .isInstanceOf(SourceStreamException.class)
        .hasMessageStartingWith("it is not a stream of stagewright build");
  }

  @Test
  void partsAreBounded() {
    assertThatThrownBy(() -> read("stagewright-source/1\nH\177\0\0\0".getBytes(US_ASCII)))
        .isInstanceOf(SourceStreamException.class)
        .hasMessage("it has a part of 2130706432 bytes");
  }

  @Test
  void streamThatIsNotFinishedIsRejected() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var writer = new SourceStreamWriter(out, HEADER)) {
      writer.write(random(1000));
      writer.flush();
    }

    assertThatThrownBy(() -> read(out.toByteArray())).isInstanceOf(SourceStreamException.class);
  }
}
