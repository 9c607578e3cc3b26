package dev.stagewright.worker.stages;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.OutOfSpace;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Termination;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.stage.DirectoryStage;
import dev.stagewright.stage.StageFolders;
import dev.stagewright.stage.base.BaseImageUnpacker;
import dev.stagewright.stage.base.BaseImages;
import dev.stagewright.worker.Log;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Runs stages of a plan in the worker, and leaves on the workspace what the Pod of a stage leaves.
 * Thread-safe: several stages may run at the same time, each on its own platform thread.
 * Interrupting the thread stops a stage.
 *
 * @param workspace root of the workspace
 * @param scratch directory for the roots of stages
 * @param bases provides the files of base images
 * @param log receives the lines of all stages, each with the name of its stage
 */
public record WorkerStages(Path workspace, Path scratch, BaseImages bases, Log log) {

  /**
   * Runs stages with base images from their registries.
   *
   * @param client reads base images; used until the last stage has ended
   * @param largestBase largest size of a base image, as the sum of its compressed layers in bytes
   */
  public static WorkerStages create(
      Path workspace, Path scratch, RegistryClient client, long largestBase, Log log) {
    var limit = UnpackLimits.of(largestBase);
    return new WorkerStages(
        workspace,
        scratch,
        new RegistryBases(
            new BaseImageUnpacker(
                (image, layer) -> client.blob(image.location(), layer.blob()), limit)),
        log);
  }

  /**
   * Runs a stage, after the stages that it needs.
   *
   * @throws BuildFailedException if the stage fails, with the same failure as in a Pod
   * @throws InterruptedException if the thread was interrupted
   */
  public Termination.Staged run(BuildPlan plan, StagePlan stage) throws InterruptedException {
    var lines = new StageLines(stage, log);
    try {
      return new DirectoryStage(plan, bases, scratch, lines::print)
          .run(stage, StageFolders.in(workspace, stage.id()));
    } catch (BaseImageException e) {
      throw failed(e.reason(), e.getMessage(), stage, e);
    } catch (BuildFailedException e) {
      throw e;
    } catch (StackOverflowError e) {
      throw failed(
          FailureReason.Unsupported,
          "the directories of the stage are nested too deeply",
          stage,
          e);
    } catch (IOException | RuntimeException e) {
      // Channels fail with errors of their own if their thread is interrupted.
      if (Thread.interrupted()) {
        throw (InterruptedException) new InterruptedException(e.getMessage()).initCause(e);
      }
      throw OutOfSpace.of(e)
          .map(reason -> new BuildFailedException(reason.failure(), e))
          .orElseGet(
              () -> failed(FailureReason.Internal, "the stage runtime failed: " + e, stage, e));
    }
  }

  private static BuildFailedException failed(
      FailureReason reason, String message, StagePlan stage, Throwable cause) {
    return new BuildFailedException(
        Failure.at(reason, message, stage.name(), stage.position()), cause);
  }
}
