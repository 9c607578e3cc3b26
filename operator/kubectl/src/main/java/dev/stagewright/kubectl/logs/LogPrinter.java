package dev.stagewright.kubectl.logs;

import dev.stagewright.kubectl.cluster.BuildSnapshot;
import dev.stagewright.kubectl.terminal.Ansi;
import dev.stagewright.kubectl.terminal.Ansi.Style;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Prints the lines of several logs, each with its source as a prefix. */
final class LogPrinter implements LogOutput {
  private static final List<Style> COLORS =
      List.of(Style.CYAN, Style.GREEN, Style.MAGENTA, Style.YELLOW, Style.BLUE);
  private static final int MAX_ALIGNED_WIDTH = 24;

  private final PrintWriter out;
  private final PrintWriter err;
  private final Ansi ansi;
  private final boolean timestamps;
  private final List<String> sources = new ArrayList<>();
  private final WaitReporter waits = new WaitReporter();
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

  @Override
  public synchronized void show(BuildSnapshot snapshot, LogSelection selection) {
    addSources(TaskNames.of(snapshot.status()).all());
    for (var notice : waits.newNotices(snapshot.status())) {
      if (notice.task().isEmpty()) {
        notice(Style.YELLOW, snapshot.build().getMetadata().getName() + ": " + notice.text());
      } else if (selection.includes(notice.task().get())) {
        notice(notice.task().get(), notice.text());
      }
    }
  }

  @Override
  public synchronized void print(LogEntry entry) {
    var text = entry.startsStep() ? ansi.format(Style.BOLD, entry.text()) : entry.text();
    var time = timestamps ? entry.time().map(it -> it + " ").orElse("") : "";
    out.println(prefix(entry.source()) + ansi.format(Style.DIM, time) + text);
    out.flush();
  }

  @Override
  public synchronized boolean isClosed() {
    return out.checkError();
  }

  @Override
  public synchronized void notice(String source, String text) {
    err.println(prefix(source) + ansi.format(Style.YELLOW, text));
    err.flush();
  }

  @Override
  public synchronized void notice(Style style, String text) {
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
