package dev.stagewright.kubectl.progress;

import dev.stagewright.kubectl.terminal.Ansi;
import dev.stagewright.kubectl.terminal.Ansi.Style;
import dev.stagewright.kubectl.terminal.TerminalText;
import java.util.Optional;

/**
 * A line of a frame: text at the left, and a time at the right.
 *
 * @param style style of the whole line; empty for none
 */
record FrameLine(String left, String right, Optional<Style> style) {

  static FrameLine of(Style style, String text) {
    return new FrameLine(text, "", Optional.of(style));
  }

  /** The line cut or filled to this width; without a text at the right, it is not filled. */
  String text(int columns) {
    if (right.isEmpty()) {
      return new TerminalText(left).cut(columns, true).text();
    }
    var rightColumns = new TerminalText(right).columns() + 1;
    var cut = new TerminalText(left).cut(Math.max(0, columns - rightColumns), true);
    var gap = Math.max(1, columns - cut.columns() - rightColumns + 1);
    return new TerminalText(cut.text() + " ".repeat(gap) + right).cut(columns, true).text();
  }

  /** The line with its style. */
  String format(Ansi ansi, int columns) {
    var text = text(columns);
    return style.map(it -> ansi.format(it, text)).orElse(text);
  }
}
