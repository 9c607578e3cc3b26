package dev.stagewright.stage.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileCapabilitiesTest {
  @ParameterizedTest
  @CsvSource({
    // As setcap writes them, and with the uid 524288 of a root user.
    "0100000200040000000000000000000000000000, 0100000200040000000000000000000000000000",
    "010000030004000000000000000000000000000000000800, 0100000200040000000000000000000000000000",
    // Without the effective bit, and an unknown revision.
    "000000030004000000000000000000000000000000000000, 0000000200040000000000000000000000000000",
    "010000010004000000000000, 010000010004000000000000"
  })
  void rootUserIsRemoved(String value, String expected) {
    var hex = HexFormat.of();
    assertThat(hex.formatHex(FileCapabilities.withoutRoot(hex.parseHex(value))))
        .isEqualTo(expected);
  }
}
