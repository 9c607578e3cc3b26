package dev.stagewright.worker.publish;

import dev.stagewright.protocol.StagePlan;
import dev.stagewright.worker.cache.decision.StageDecisions;

/**
 * Lets the stages run that are not completely in the cache.
 *
 * @param decisions decides about the stages
 * @param tasks runs the look-ups
 */
record CacheGate(StageDecisions decisions, TaskScope tasks) implements StageGate {

  /** Starts to decide. */
  void start() {
    var _ =
        tasks.start(() -> {
          decisions.decide();
          return true;
        });
  }

  @Override
  public boolean mustRun(StagePlan stage) throws InterruptedException {
    return decisions.mustRun(stage);
  }

  @Override
  public void arrived(StagePlan stage) {
    decisions.finished(stage);
    if (!decisions.areAllMade()) {
      start();
    }
  }
}
