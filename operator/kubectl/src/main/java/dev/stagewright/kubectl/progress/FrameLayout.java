package dev.stagewright.kubectl.progress;

import dev.stagewright.kubectl.terminal.Ansi.Style;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Converts a frame to lines: a title, a line for each task, and below those that run, the last
 * lines of their logs.
 *
 * @param rows largest number of lines; in too few, the oldest tasks that have ended are left out
 * @param unicode whether the terminal has more than ASCII
 */
record FrameLayout(int rows, boolean unicode) {
  private static final int BAR_COLUMNS = 20;
  private static final int TITLES = 2;

  /** Returns the lines at this time. */
  List<FrameLine> lines(ProgressFrame frame, Duration now) {
    var lines = new ArrayList<FrameLine>();
    lines.add(FrameLine.of(Style.BOLD, frame.title(now)));
    if (!frame.notice().isEmpty()) {
      lines.add(FrameLine.of(Style.YELLOW, " => " + frame.notice()));
    }
    var all = frame.tasks();
    var tasks = visible(all);
    if (tasks.size() < all.size()) {
      var hidden = all.size() - tasks.size();
      lines.add(FrameLine.of(Style.DIM, " => " + hidden + " more"));
    }
    var logs = tasks.stream().filter(task -> !task.log().isEmpty()).count();
    var room = logs == 0 ? 0 : (int) Math.max(0, (rows - lines.size() - tasks.size()) / logs);
    for (var task : tasks) {
      lines.add(line(task, now));
      var log = task.log();
      log.subList(Math.max(0, log.size() - room), log.size())
          .forEach(text -> lines.add(FrameLine.of(Style.DIM, " => => " + text)));
    }
    return lines.size() <= rows ? lines : lines.subList(0, Math.max(0, rows));
  }

  /** Leaves out tasks that have ended, the oldest first, until the others have room. */
  private List<TaskLine> visible(List<TaskLine> tasks) {
    var room = Math.max(0, rows - TITLES - 1);
    if (tasks.size() <= room + 1) {
      return tasks;
    }
    var visible = new ArrayList<>(tasks);
    for (var task : tasks) {
      if (visible.size() > room && task.hasEnded()) {
        visible.remove(task);
      }
    }
    return visible;
  }

  private FrameLine line(TaskLine task, Duration now) {
    var bar = task.fraction().map(it -> bar(it) + " ").orElse("");
    var time = task.time(now).map(Seconds::tenths).orElse("");
    return new FrameLine(" => " + task.title(), bar + time, style(task));
  }

  private static Optional<Style> style(TaskLine task) {
    if (task.outcome().isEmpty()) {
      return task.isRunning() ? Optional.empty() : Optional.of(Style.YELLOW);
    }
    return Optional.of(
        switch (task.outcome().get()) {
          case DONE, CACHED -> Style.CYAN;
          case ERROR -> Style.RED;
          case CANCELLED -> Style.YELLOW;
        });
  }

  private String bar(double fraction) {
    var full = (int) Math.round(fraction * BAR_COLUMNS);
    return unicode
        ? "█".repeat(full) + "░".repeat(BAR_COLUMNS - full)
        : "#".repeat(full) + "-".repeat(BAR_COLUMNS - full);
  }
}
