package dev.stagewright.worker.publish;

import dev.stagewright.protocol.StagePlan;

/** Decides which stages have to run. Thread-safe. */
interface StageGate {
  /** All stages run. */
  StageGate OPEN =
      new StageGate() {
        @Override
        public boolean mustRun(StagePlan stage) {
          return true;
        }

        @Override
        public void arrived(StagePlan stage) {
          // Decisions do not depend on results.
        }
      };

  /**
   * Waits for the decision about a stage.
   *
   * @return false if the result of the stage is on the workspace, so that it does not run
   */
  boolean mustRun(StagePlan stage) throws InterruptedException;

  /** The result of a stage is on the workspace, and may allow more decisions. */
  void arrived(StagePlan stage);
}
