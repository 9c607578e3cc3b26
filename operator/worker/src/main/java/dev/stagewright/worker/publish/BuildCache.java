package dev.stagewright.worker.publish;

import dev.stagewright.cache.record.ImageRecord;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import java.util.List;
import java.util.Optional;

/** The cache of instructions in a build whose plan is known. Thread-safe. */
interface BuildCache {
  /** No cache: all stages run, and nothing is recorded. */
  BuildCache NONE =
      new BuildCache() {
        @Override
        public boolean mustRun(StagePlan stage) {
          return true;
        }

        @Override
        public void onStageThatRuns(Runnable task) {
          task.run();
        }

        @Override
        public void arrived(StagePlan stage, StageResult result) {
          // Nothing depends on results.
        }

        @Override
        public StageResult dated(StagePlan stage, StageResult result) {
          return result;
        }

        @Override
        public Optional<ImageRecord> image() {
          return Optional.empty();
        }

        @Override
        public List<BuildPlan.Finding> findings() {
          return List.of();
        }

        @Override
        public void published(Optional<ImageRecord> image) {
          // Nothing is recorded.
        }
      };

  /**
   * Waits for the decision about a stage.
   *
   * @return false if the result of the stage is on the workspace, so that it does not run
   */
  boolean mustRun(StagePlan stage) throws InterruptedException;

  /** Calls a task once, as soon as it is known that a stage runs; never if no stage runs. */
  void onStageThatRuns(Runnable task);

  /**
   * The result of a stage is on the workspace. Returns after the decision about it was reported.
   */
  void arrived(StagePlan stage, StageResult result);

  /** Returns the result of a stage with the times of its steps in their records. */
  StageResult dated(StagePlan stage, StageResult result);

  /** The record of the image; call it after all stages have a result. */
  Optional<ImageRecord> image() throws InterruptedException;

  /**
   * Findings of lint with what the build has found out about them, and what prevented records from
   * being read or written; call it after all stages have a result.
   */
  List<BuildPlan.Finding> findings();

  /**
   * The image is in the registry, under all its names.
   *
   * @param image its record, unless that exists
   */
  void published(Optional<ImageRecord> image);
}
