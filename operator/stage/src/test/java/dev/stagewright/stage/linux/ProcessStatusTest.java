package dev.stagewright.stage.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Parses {@code /proc/<pid>/stat}. */
class ProcessStatusTest {
  @Test
  void nameMayContainAnyCharacter() {
    var stat = "42 (a) R 1 (b) Z 7 42 42 0 -1 4 0 0 0 0 0 0 0 0 20 0 1 0 12345 0 0";
    assertThat(ProcessStatus.parse(stat)).isEqualTo(new ProcessStatus(42, 7, true, 12345));
  }
}
