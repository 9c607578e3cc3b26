package dev.stagewright.stage.linux;

/**
 * The status of a process in {@code /proc/<pid>/stat}.
 *
 * @param pid process id
 * @param parent process id of the parent
 * @param zombie whether the process has ended but was not reaped
 * @param startTicks start time in clock ticks (100 per second) since boot
 */
record ProcessStatus(int pid, int parent, boolean zombie, long startTicks) {
  private static final int STATE = 0;
  private static final int PARENT = 1;
  private static final int START = 19;

  /** Parses the line of the file. */
  static ProcessStatus parse(String stat) {
    // The name may contain spaces and parentheses; the fields after the last one are regular.
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return new ProcessStatus(
        Integer.parseInt(stat.substring(0, stat.indexOf(' '))),
        Integer.parseInt(fields[PARENT]),
        fields[STATE].equals("Z"),
        Long.parseLong(fields[START]));
  }
}
