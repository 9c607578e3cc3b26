package dev.stagewright.worker.publish;

import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.StageOutcome;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.Termination;
import dev.stagewright.worker.Log;
import java.util.Optional;

/**
 * Reports the results of stages to the operator, as lines of the log.
 *
 * @param log the log that the operator follows
 */
record ArrivalReport(Log log) implements StageArrivals.Listener {

  @Override
  public void arrived(StagePlan stage, StageResult result, Optional<Termination.Staged> staged) {
    log.frame(LogFrame.Kind.STAGE, Json.write(StageOutcome.of(result, staged)));
  }
}
