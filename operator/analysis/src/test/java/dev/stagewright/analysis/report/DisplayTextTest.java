package dev.stagewright.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text with the bytes of file names. */
class DisplayTextTest {
  @Test
  void decodesTheBytesOfNamesInAMessage() {
    assertThat(DisplayText.decode("/caf\u00c3\u00a9 and /\u00e6\u0097\u00a5 are files"))
        .isEqualTo("/café and /日 are files");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/plain", "/caf\u00e9", "/\u00ff\u00fe", "/日本", "größe"})
  void keepsWhatIsNotUtf8(String text) {
    assertThat(DisplayText.decode(text)).isEqualTo(text);
  }

  @Test
  void showsCharactersThatHideOthers() {
    assertThat(DisplayText.printable("/a\u202egpj.exe\u001b[2J\u0000"))
        .isEqualTo("/a�gpj.exe�[2J�");
    // The same character as bytes of a name.
    assertThat(DisplayText.printable("/a\u00e2\u0080\u00aeb")).isEqualTo("/a�b");
  }
}
