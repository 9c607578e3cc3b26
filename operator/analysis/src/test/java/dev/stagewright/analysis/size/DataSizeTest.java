package dev.stagewright.analysis.size;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSizeTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "999, 999 B",
    "1000, 1.0 kB",
    "9949, 9.9 kB",
    "12345, 12 kB",
    "999499, 999 kB",
    "999500, 1.0 MB",
    "312000000, 312 MB",
    "5000000000000000, 5000 TB",
  })
  void formatsSize(long bytes, String text) {
    assertThat(new DataSize(bytes)).hasToString(text);
  }
}
