package dev.stagewright.kubectl.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.kubectl.terminal.Ansi;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The escape sequences between two frames. */
class FramePainterTest {
  private static final String BEGIN = "\u001b[?2026h\r";
  private static final String END = "\u001b[J\u001b[?2026l";
  private final FramePainter painter = new FramePainter(new Ansi(false));

  private String paint(int columns, String... lines) {
    return painter.paint(lines(lines), columns);
  }

  private static List<FrameLine> lines(String... texts) {
    return Stream.of(texts).map(text -> new FrameLine(text, "", Optional.empty())).toList();
  }

  @Test
  void overwritesThePreviousLines() {
    assertThat(paint(80, "a", "b")).isEqualTo(BEGIN + "a\u001b[K\nb\u001b[K\n" + END);
    assertThat(paint(80, "c")).isEqualTo(BEGIN + "\u001b[2A" + "c\u001b[K\n" + END);
  }

  @Test
  void drawsNothingIfNothingHasChanged() {
    paint(80, "a");

    assertThat(paint(80, "a")).isEmpty();
  }

  @Test
  void leavesTheLastColumnFree() {
    assertThat(paint(5, "abcdefgh")).contains("abc…\u001b[K").doesNotContain("d");
  }

  @Test
  void overwritesLinesThatANarrowerTerminalHasWrapped() {
    paint(11, "0123456789", "x");

    assertThat(paint(4, "y")).startsWith(BEGIN + "\u001b[4A");
  }
}
