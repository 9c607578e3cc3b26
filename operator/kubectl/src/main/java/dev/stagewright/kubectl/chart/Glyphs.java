package dev.stagewright.kubectl.chart;

/**
 * What a chart is drawn with.
 *
 * @param runs a cell of time in which a part runs
 * @param awaitsStage one in which it runs, but waits for another stage
 * @param awaitsPod one in which it has no container that runs
 * @param running at the end of what goes on
 * @param failed at the end of what failed
 * @param arrow from a part to what follows
 * @param needs from a stage to what it needs
 * @param branch in front of a stage
 * @param lastBranch in front of the last stage
 * @param bar in front of a line of a log
 */
record Glyphs(
    String runs,
    String awaitsStage,
    String awaitsPod,
    String running,
    String failed,
    String arrow,
    String needs,
    String branch,
    String lastBranch,
    String bar) {

  static final Glyphs UNICODE = new Glyphs("█", "░", "·", "▶", "✗", "→", "←", "├─ ", "└─ ", "│");
  static final Glyphs ASCII = new Glyphs("#", "-", ".", ">", "x", "->", "<-", "|- ", "`- ", "|");
}
