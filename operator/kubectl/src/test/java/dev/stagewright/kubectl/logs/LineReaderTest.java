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
  void givesLinesWithoutTheirEnds() throws IOException {
    var lines = lines("größer\n\nwindows\r\n");

    assertThat(lines.next()).contains("größer");
    assertThat(lines.next()).contains("");
    assertThat(lines.next()).contains("windows");
    assertThat(lines.next()).isEmpty();
    assertThat(lines.rest()).isEmpty();
  }

  @Test
  void keepsALineThatIsNotWholeForItself() throws IOException {
    var lines = lines("whole\nhal");

    assertThat(lines.next()).contains("whole");
    assertThat(lines.next()).isEmpty();
    assertThat(lines.rest()).contains("hal");
    assertThat(lines.rest()).isEmpty();
  }
}
