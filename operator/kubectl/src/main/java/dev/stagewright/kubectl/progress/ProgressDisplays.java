package dev.stagewright.kubectl.progress;

import dev.stagewright.kubectl.terminal.Terminal;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;

/** Creates displays of progress. */
public final class ProgressDisplays {
  private ProgressDisplays() {}

  /**
   * A display.
   *
   * @param out the terminal, file, or pipe, usually that of standard error
   * @param terminal what is known of {@code out}
   */
  public static ProgressDisplay of(ProgressMode mode, PrintStream out, Terminal terminal) {
    var clock = InstantSource.system();
    return switch (mode) {
      case AUTO, TTY, PLAIN, JSON -> new FormattedDisplay(new PlainFormat(), out, clock);
      case QUIET ->
          new FormattedDisplay(
              event ->
                  event instanceof ProgressEvent.Finished(_, var status, _)
                      ? new FailureReport(status).lines()
                      : List.of(),
              out,
              clock);
    };
  }
}
