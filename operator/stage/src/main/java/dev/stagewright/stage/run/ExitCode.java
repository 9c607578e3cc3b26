package dev.stagewright.stage.run;

import java.util.Map;

/**
 * The exit code of a command.
 *
 * @param value exit code; 128 plus the signal number if a signal terminated the command or a
 *     program in its shell
 */
record ExitCode(int value) {
  private static final int SIGNALS = 128;
  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(1, "SIGHUP"),
          Map.entry(2, "SIGINT"),
          Map.entry(3, "SIGQUIT"),
          Map.entry(4, "SIGILL"),
          Map.entry(5, "SIGTRAP"),
          Map.entry(6, "SIGABRT"),
          Map.entry(7, "SIGBUS"),
          Map.entry(8, "SIGFPE"),
          Map.entry(9, "SIGKILL"),
          Map.entry(11, "SIGSEGV"),
          Map.entry(13, "SIGPIPE"),
          Map.entry(14, "SIGALRM"),
          Map.entry(15, "SIGTERM"),
          Map.entry(24, "SIGXCPU"),
          Map.entry(25, "SIGXFSZ"),
          Map.entry(31, "SIGSYS"));

  boolean isSuccess() {
    return value == 0;
  }

  /** The exit code and the name of its signal. */
  @Override
  public String toString() {
    var signal = NAMES.get(value - SIGNALS);
    return signal == null ? Integer.toString(value) : value + " (" + signal + ")";
  }
}
