package dev.stagewright.kubectl.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTextTest {
  @ParameterizedTest
  @CsvSource({"abc, 3", "例え, 4", "e\u0301, 1", "가, 2", "🚀, 2", "ﾊﾝ, 2", "Ａ, 2", "→█, 2"})
  void measuresColumns(String text, int columns) {
    assertThat(new TerminalText(text).columns()).isEqualTo(columns);
  }

  @ParameterizedTest
  @CsvSource({
    "abc, 3, abc",
    "abcd, 3, ab…",
    "例例例, 5, 例例…",
    "例例例, 4, 例…",
    "e\u0301abc, 3, e\u0301a…",
    "abc, 1, …"
  })
  void cutsToColumns(String text, int columns, String cut) {
    assertThat(new TerminalText(text).cut(columns, true).text()).isEqualTo(cut);
  }

  @ParameterizedTest
  @CsvSource({"abc, 2, ab", "例例, 3, 例", "abc, 0, ''"})
  void cutsWithoutAnEllipsis(String text, int columns, String cut) {
    assertThat(new TerminalText(text).cut(columns, false).text()).isEqualTo(cut);
  }
}
