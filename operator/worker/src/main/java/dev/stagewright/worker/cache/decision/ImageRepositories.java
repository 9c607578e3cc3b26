package dev.stagewright.worker.cache.decision;

import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import java.io.IOException;
import java.util.List;

/** Brings layers of the cache into the repositories of the image. */
public interface ImageRepositories {
  /**
   * Brings the layers of a stage of the image into all repositories.
   *
   * @throws IOException if they are not in the cache, or a repository does not accept them
   */
  void ensure(StagePlan stage, List<StageResult.Layer> layers)
      throws IOException, InterruptedException;

  /** Starts to do so in the background; the layers are on the workspace. */
  void start(StagePlan stage, List<StageResult.Layer> layers);
}
