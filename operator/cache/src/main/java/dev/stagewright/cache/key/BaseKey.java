package dev.stagewright.cache.key;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StageBase;
import java.util.Optional;
import java.util.function.Function;

/**
 * Computes the key of the base of a stage. It depends on the digest of the manifest of a base
 * image, but not on its name, registry or mirror, and on all that holds for every step: the
 * platform, and how layers are written.
 */
public final class BaseKey {
  private static final String SCRATCH = "scratch";

  private BaseKey() {}

  /**
   * The key of a base.
   *
   * @param parents key of the last step of a stage, or of its base if it has no steps, by id; empty
   *     if it is not known
   * @return empty if the base is a stage whose key is not known
   */
  public static Optional<CacheKey> of(
      BuildPlan plan, StageBase base, Function<String, Optional<CacheKey>> parents) {
    return switch (base) {
      case StageBase.Scratch _ -> Optional.of(root(plan, SCRATCH));
      case StageBase.Image image -> Optional.of(root(plan, content(image)));
      case StageBase.Stage(var parent) -> parents.apply(parent);
    };
  }

  /** A digest identifies an image; an image without one is identified by its layers. */
  private static String content(StageBase.Image image) {
    return image
        .pinned()
        .digest()
        .map(Digest::toString)
        .orElseGet(() ->
            KeyHash.of("layers of a base image")
                .add(image.layers().stream().map(layer -> layer.diffId().hex()).toList())
                .add(image.environment().stream().sorted().toList())
                .add(image.volumes())
                .digest()
                .hex());
  }

  private static CacheKey root(BuildPlan plan, String base) {
    var layers = plan.layers();
    return KeyHash.of("base")
        .add(base)
        .add(plan.platform().toString())
        .add(layers.compression().name())
        .add(layers.sourceDateEpoch().map(seconds -> Long.toString(seconds)))
        .key();
  }
}
