package dev.stagewright.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteCountTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "12345678, 12.3 MB",
    "8000000000, 8.0 GB",
    "5000000000000000, 5000.0 TB"
  })
  void formatsBytes(long bytes, String text) {
    assertThat(new ByteCount(bytes)).hasToString(text);
  }
}
