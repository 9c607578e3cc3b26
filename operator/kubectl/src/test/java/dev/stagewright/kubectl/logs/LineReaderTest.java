package dev.stagewright.kubectl.logs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  private static LineReader lines(String text) {
    return new LineReader(new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  @Test
  void removesLineEndings() throws IOException {
    var lines = lines("größer\n\nwindows\r\n");

    assertThat(lines.next()).contains("größer");
    assertThat(lines.next()).contains("");
    assertThat(lines.next()).contains("windows");
    assertThat(lines.next()).isEmpty();
    assertThat(lines.partialLine()).isEmpty();
  }

  @Test
  void separatesPartialLine() throws IOException {
    var lines = lines("complete\nhal");

    assertThat(lines.next()).contains("complete");
    assertThat(lines.next()).isEmpty();
    assertThat(lines.partialLine()).contains("hal");
    assertThat(lines.partialLine()).isEmpty();
  }
}
