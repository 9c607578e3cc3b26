package dev.stagewright.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Instructions of histories that different builders wrote. */
class InstructionTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RUN /bin/sh -c make # buildkit|RUN make",
        "/bin/sh -c make|RUN make",
        "/bin/sh -c #(nop) COPY file:0123 in /app |COPY file:0123 in /app",
        "COPY . . # buildkit|COPY . .",
        "# debian.sh --arch amd64|# debian.sh --arch amd64"
      })
  void isAsInTheDockerfile(String createdBy, String instruction) {
    assertThat(InstructionText.of(createdBy)).isEqualTo(instruction);
  }
}
