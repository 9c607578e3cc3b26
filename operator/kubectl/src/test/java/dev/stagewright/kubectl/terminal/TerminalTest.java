package dev.stagewright.kubectl.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.kubectl.terminal.Ansi.Style;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
  @Test
  void pipeHasNoColors() {
    assertThat(Terminal.of(Map.of(), false, UTF_8))
        .isEqualTo(new Terminal(false, false, true, 120));
  }

  @Test
  void launcherSetsTheWidth() {
    assertThat(Terminal.of(Map.of("STAGEWRIGHT_COLUMNS", "80", "COLUMNS", "90"), false, UTF_8))
        .isEqualTo(new Terminal(true, true, true, 80));
  }

  @Test
  void coloursCanBeRefused() {
    assertThat(Terminal.of(Map.of("NO_COLOR", "1"), true, UTF_8).colored()).isFalse();
    assertThat(Terminal.of(Map.of("TERM", "dumb"), true, UTF_8).colored()).isFalse();
  }

  @Test
  void asciiCharsetDisablesUnicode() {
    assertThat(Terminal.of(Map.of(), true, US_ASCII).unicode()).isFalse();
  }

  @Test
  void invalidWidthIsIgnored() {
    assertThat(Terminal.of(Map.of("COLUMNS", "wide"), true, UTF_8).columns()).isEqualTo(120);
    assertThat(Terminal.of(Map.of("COLUMNS", "3"), true, UTF_8).columns()).isEqualTo(60);
  }

  @Test
  void formatsOnlyColoredOutput() {
    assertThat(new Ansi(true).format(Style.RED, "x")).isEqualTo("\u001b[31mx\u001b[0m");
    assertThat(new Ansi(false).format(Style.RED, "x")).isEqualTo("x");
  }
}
