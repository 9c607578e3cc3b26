package dev.stagewright.worker.cache.prefix;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import java.util.List;
import java.util.Optional;

/**
 * Decides which images are worth being made.
 *
 * @param plan plan of the build
 */
record PrefixRules(BuildPlan plan) {
  /**
   * The smallest compressed size of the layers. Below it, a stage lays the layers in about the time
   * that the kubelet needs to look up an image in a registry, even if the node has its layers.
   */
  static final long SMALLEST_LAYERS = 8L << 20;

  /** The largest base that is copied from another registry, which takes place in the cache. */
  static final long LARGEST_COPY = 512L << 20;

  /** The image that a stage is based on, possibly through other stages; empty for scratch. */
  Optional<StageBase.Image> base(StagePlan stage) {
    return switch (stage.base()) {
      case StageBase.Image image -> Optional.of(image);
      case StageBase.Stage(var parent) -> base(plan.stage(parent));
      case StageBase.Scratch _ -> Optional.empty();
    };
  }

  /** Whether layers are large enough. */
  static boolean areWorthwhile(List<StageResult.Layer> layers) {
    return layers.stream().mapToLong(layer -> layer.blob().size()).sum() >= SMALLEST_LAYERS;
  }

  /** Whether the layers of a base may be copied to a repository. */
  static boolean isCopied(StageBase.Image base, String registry) {
    return base.location().registry().equals(registry)
        || base.layers().stream().mapToLong(layer -> layer.blob().size()).sum() <= LARGEST_COPY;
  }
}
