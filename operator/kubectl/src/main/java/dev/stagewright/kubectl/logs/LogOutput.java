package dev.stagewright.kubectl.logs;

import dev.stagewright.kubectl.cluster.BuildSnapshot;
import dev.stagewright.kubectl.terminal.Ansi.Style;

/** Receives what {@link BuildLogFollower} reads; its methods are called by several threads. */
public interface LogOutput {

  /** Receives a state of the build. */
  void show(BuildSnapshot snapshot, LogSelection selection);

  /** Receives a line of a log. */
  void print(LogEntry entry);

  /** Receives a notice about the log of one source. */
  void notice(String source, String text);

  /** Receives a notice about the build. */
  void notice(Style style, String text);

  /** Whether nothing more can be shown, for example because {@code head} has exited. */
  boolean isClosed();
}
