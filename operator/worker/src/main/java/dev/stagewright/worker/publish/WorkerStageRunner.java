package dev.stagewright.worker.publish;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Termination;
import dev.stagewright.registry.RegistryClient;
import java.io.IOException;

/**
 * Runs the stages of a plan that have no Pod, and leaves on the workspace what the Pod of a stage
 * leaves. Thread-safe: every stage runs on its own platform thread.
 */
@FunctionalInterface
public interface WorkerStageRunner {

  /**
   * Runs a stage, after the stages that it needs. An interrupt stops it.
   *
   * @return the outcome, when the result of the stage is on the workspace
   * @throws dev.stagewright.protocol.BuildFailedException if the stage fails, with the same failure
   *     as in a Pod
   */
  Termination.Staged run(BuildPlan plan, StagePlan stage) throws IOException, InterruptedException;

  /** Creates the runner of a build. */
  @FunctionalInterface
  interface Factory {
    /**
     * Creates a runner.
     *
     * @param client reads base images, and is open until the last stage has ended
     */
    WorkerStageRunner create(BuildRequest request, RegistryClient client);
  }
}
