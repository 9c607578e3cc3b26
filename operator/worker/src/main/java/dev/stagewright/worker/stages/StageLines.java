package dev.stagewright.worker.stages;

import dev.stagewright.protocol.StagePlan;
import dev.stagewright.worker.Log;

/**
 * Writes the lines of a stage to the log of the worker, with the name of the stage.
 *
 * @param stage the stage
 * @param log the log that several stages share
 */
record StageLines(StagePlan stage, Log log) {

  /** Writes a line. The markers of steps already begin with the name. */
  void print(String line) {
    var marked =
        stage.members().stream().anyMatch(member -> line.startsWith("[" + member.name() + " "));
    log.print(marked ? line : "[" + stage.name() + "] " + line);
  }
}
