package dev.stagewright.kubectl.context;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class InputContextTest {
  private static byte[] archive() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var tar = new TarWriter(out)) {
      tar.put(TarEntry.directory(""));
      tar.put(TarEntry.file("a", 1), new ByteArrayInputStream("x".getBytes(UTF_8)));
    }
    return out.toByteArray();
  }

  private static InputContext read(byte[] input) throws IOException, ContextException {
    return InputContext.read(new ByteArrayInputStream(input));
  }

  @Test
  void textIsADockerfileWithoutFiles() throws Exception {
    var context = read("FROM scratch\n".getBytes(UTF_8));

    assertThat(context.dockerfile().orElseThrow().text()).isEqualTo("FROM scratch\n");
    assertThat(context.files()).isZero();
  }

  @Test
  void archiveIsAContextWithItsDockerfile() throws Exception {
    var zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write(archive());
    }

    for (var input : List.of(archive(), zipped.toByteArray())) {
      var context = read(input);
      assertThat(context.dockerfile()).isEmpty();
      assertThat(context.bytes()).isEqualTo(1);
      var sent = new ByteArrayOutputStream();
      try (var tar = new TarWriter(sent)) {
        context.write(tar);
      }
      assertThat(sent.toString(UTF_8)).startsWith("a\0");
    }
  }

  @Test
  void emptyInputIsRefused() {
    assertThatThrownBy(() -> read(new byte[0]))
        .isInstanceOf(ContextException.class)
        .hasMessageContaining("standard input is empty");
  }

  @Test
  void otherCompressionIsNamed() {
    assertThatThrownBy(() -> read("BZh91AY".getBytes(UTF_8)))
        .isInstanceOf(ContextException.class)
        .hasMessageContaining("compressed in a form that is not supported");
  }
}
