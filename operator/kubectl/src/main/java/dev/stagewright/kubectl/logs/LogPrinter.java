package dev.stagewright.kubectl.logs;

import dev.stagewright.kubectl.terminal.Ink;
import dev.stagewright.kubectl.terminal.Ink.Style;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Prints lines of many logs, each in one piece and with its speaker in front. */
final class LogPrinter {
  private static final List<Style> COLOURS =
      List.of(Style.CYAN, Style.GREEN, Style.MAGENTA, Style.YELLOW, Style.BLUE);
  private static final int WIDEST = 24;

  private final PrintWriter out;
  private final PrintWriter notices;
  private final Ink ink;
  private final boolean timestamps;
  private final List<String> speakers = new ArrayList<>();
  private int width;

  /**
   * A printer that has printed nothing yet.
   *
   * @param out for the lines of logs
   * @param notices for what the logs do not say
   * @param timestamps whether lines show their time
   */
  LogPrinter(PrintWriter out, PrintWriter notices, Ink ink, boolean timestamps) {
    this.out = out;
    this.notices = notices;
    this.ink = ink;
    this.timestamps = timestamps;
  }

  /** Names that will speak: their lines are aligned, and have colours in this order. */
  synchronized void expect(List<String> names) {
    for (var name : names) {
      if (!speakers.contains(name)) {
        speakers.add(name);
        width = Math.max(width, Math.min(name.length(), WIDEST));
      }
    }
  }

  synchronized void say(Saying saying) {
    var text = saying.beginsStep() ? ink.paint(Style.BOLD, saying.text()) : saying.text();
    var time = timestamps ? saying.time().map(it -> it + " ").orElse("") : "";
    out.println(prefix(saying.speaker()) + ink.paint(Style.DIM, time) + text);
    out.flush();
  }

  /** Whether the logs can be printed no more, as when {@code head} has seen enough. */
  synchronized boolean isClosed() {
    return out.checkError();
  }

  /** Something about one part that its log does not say. */
  synchronized void notice(String speaker, String text) {
    notices.println(prefix(speaker) + ink.paint(Style.YELLOW, text));
    notices.flush();
  }

  /** Something about the build as a whole. */
  synchronized void notice(Style style, String text) {
    notices.println(ink.paint(style, text));
    notices.flush();
  }

  private String prefix(String speaker) {
    expect(List.of(speaker));
    var colour = COLOURS.get(speakers.indexOf(speaker) % COLOURS.size());
    return ink.paint(colour, "[" + speaker + "]")
        + " ".repeat(1 + Math.max(0, width - speaker.length()));
  }
}
