package dev.stagewright.kubectl.progress;

import dev.stagewright.kubectl.terminal.Terminal;
import dev.stagewright.kubectl.terminal.WindowSize;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;

/** Creates displays of progress. */
public final class ProgressDisplays {
  private ProgressDisplays() {}

  /**
   * A display on standard error.
   *
   * @param out standard error
   * @param terminal {@link Terminal#ofStandardError}
   */
  public static ProgressDisplay of(ProgressMode mode, PrintStream out, Terminal terminal) {
    var clock = InstantSource.system();
    return switch (mode) {
      case AUTO, TTY -> {
        if (!terminal.interactive()) {
          yield new FormattedDisplay(new PlainFormat(), out, clock);
        }
        var display = new TerminalDisplay(out, terminal, WindowSize.ofStandardError(), clock);
        display.start();
        yield display;
      }
      case PLAIN -> new FormattedDisplay(new PlainFormat(), out, clock);
      case JSON -> new FormattedDisplay(new JsonFormat(clock), out, clock);
      case QUIET -> new FormattedDisplay(ProgressDisplays::failure, out, clock);
    };
  }

  private static List<String> failure(ProgressEvent event) {
    return event instanceof ProgressEvent.Finished(_, var status, _)
        ? new FailureReport(status).lines()
        : List.of();
  }
}
