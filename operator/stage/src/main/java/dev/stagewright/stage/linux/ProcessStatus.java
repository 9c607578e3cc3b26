package dev.stagewright.stage.linux;

/**
 * What {@code /proc/<pid>/stat} tells of a process.
 *
 * @param pid its number
 * @param parent its parent's number
 * @param zombie whether it has ended and waits to be reaped
 * @param startTicks when it started, in clock ticks (100 a second) since boot
 */
record ProcessStatus(int pid, int parent, boolean zombie, long startTicks) {
  private static final int STATE = 0;
  private static final int PARENT = 1;
  private static final int START = 19;

  /** Reads the one line of the file. */
  static ProcessStatus parse(String stat) {
    // The name may hold anything, blanks and parentheses too; what follows its last one is regular.
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return new ProcessStatus(
        Integer.parseInt(stat.substring(0, stat.indexOf(' '))),
        Integer.parseInt(fields[PARENT]),
        fields[STATE].equals("Z"),
        Long.parseLong(fields[START]));
  }
}
