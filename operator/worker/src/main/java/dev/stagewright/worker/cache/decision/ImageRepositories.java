package dev.stagewright.worker.cache.decision;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Brings layers of the base image and of the cache into the repositories of the image. */
public interface ImageRepositories {
  /**
   * Looks for the image that consists of these layers. If all its names point to it already, its
   * layers are in all repositories, and no request asks for them again.
   *
   * @param last key of the last step of the target
   * @param layers layers of the stages of the image, by the id of the stage
   * @return whether they do
   */
  boolean find(CacheKey last, Map<String, List<StageResult.Layer>> layers)
      throws IOException, InterruptedException;

  /** Starts to bring the layers of the base image into all repositories. */
  void startBase();

  /** Whether all repositories are at the registry of the cache, so that its layers are mounted. */
  boolean canMount();

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
