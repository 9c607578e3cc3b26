package dev.stagewright.kubectl.logs;

import dev.stagewright.kubectl.terminal.Ansi;
import dev.stagewright.kubectl.terminal.Ansi.Style;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Prints the lines of several logs, each with its source as a prefix. */
final class LogPrinter {
  private static final List<Style> COLORS =
      List.of(Style.CYAN, Style.GREEN, Style.MAGENTA, Style.YELLOW, Style.BLUE);
  private static final int MAX_ALIGNED_WIDTH = 24;

  private final PrintWriter out;
  private final PrintWriter err;
  private final Ansi ansi;
  private final boolean timestamps;
  private final List<String> sources = new ArrayList<>();
  private int width;

  /**
   * A printer without sources.
   *
   * @param out output for log lines
   * @param err output for notices that are not part of a log
   * @param timestamps whether to print the timestamp of each line
   */
  LogPrinter(PrintWriter out, PrintWriter err, Ansi ansi, boolean timestamps) {
    this.out = out;
    this.err = err;
    this.ansi = ansi;
    this.timestamps = timestamps;
  }

  /** Adds sources: the printer aligns their lines and assigns colors in this order. */
  synchronized void addSources(List<String> names) {
    for (var name : names) {
      if (!sources.contains(name)) {
        sources.add(name);
        width = Math.max(width, Math.min(name.length(), MAX_ALIGNED_WIDTH));
      }
    }
  }

  synchronized void print(LogEntry entry) {
    var text = entry.startsStep() ? ansi.format(Style.BOLD, entry.text()) : entry.text();
    var time = timestamps ? entry.time().map(it -> it + " ").orElse("") : "";
    out.println(prefix(entry.source()) + ansi.format(Style.DIM, time) + text);
    out.flush();
  }

  /** Whether the output is closed, for example because {@code head} has exited. */
  synchronized boolean isClosed() {
    return out.checkError();
  }

  /** Prints a notice about one source. */
  synchronized void notice(String source, String text) {
    err.println(prefix(source) + ansi.format(Style.YELLOW, text));
    err.flush();
  }

  /** Prints a notice about the build. */
  synchronized void notice(Style style, String text) {
    err.println(ansi.format(style, text));
    err.flush();
  }

  private String prefix(String source) {
    addSources(List.of(source));
    var color = COLORS.get(sources.indexOf(source) % COLORS.size());
    return ansi.format(color, "[" + source + "]")
        + " ".repeat(1 + Math.max(0, width - source.length()));
  }
}
