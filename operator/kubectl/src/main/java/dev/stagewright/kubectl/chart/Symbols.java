package dev.stagewright.kubectl.chart;

/**
 * The symbols of a chart.
 *
 * @param running a column in which a task runs
 * @param waiting a column in which a task runs and waits for another stage
 * @param pending a column in which no container of a task runs
 * @param activeEnd end of the bar of an active task
 * @param failedEnd end of the bar of a failed task
 * @param arrow from a task of the critical path to the next one
 * @param dependsOn between a stage and its dependencies
 * @param branch prefix of a stage
 * @param lastBranch prefix of the last stage
 * @param logPrefix prefix of a log line
 */
record Symbols(
    String running,
    String waiting,
    String pending,
    String activeEnd,
    String failedEnd,
    String arrow,
    String dependsOn,
    String branch,
    String lastBranch,
    String logPrefix) {

  static final Symbols UNICODE = new Symbols("█", "░", "·", "▶", "✗", "→", "←", "├─ ", "└─ ", "│");
  static final Symbols ASCII = new Symbols("#", "-", ".", ">", "x", "->", "<-", "|- ", "`- ", "|");
}
