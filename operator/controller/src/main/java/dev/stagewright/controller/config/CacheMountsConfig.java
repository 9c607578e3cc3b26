package dev.stagewright.controller.config;

import dev.stagewright.api.v1alpha1.Workspace.AccessMode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Optional;

/**
 * The claim for cache mounts that the operator creates in each namespace that needs one.
 *
 * @param storageClassName empty for the default StorageClass of the cluster
 * @param size requested size of the claim
 * @param accessMode of the claim
 * @param sizeLimit bytes above which caches are evicted
 */
public record CacheMountsConfig(
    Optional<String> storageClassName, Quantity size, AccessMode accessMode, long sizeLimit) {
  static final String DEFAULT_SIZE = "20Gi";

  /** Part of the size that caches may use: a stage that runs needs room before it evicts. */
  private static final double USABLE = 0.8;

  /**
   * @throws IllegalArgumentException if a value is invalid; the message names the property
   */
  public CacheMountsConfig {
    if (sizeLimit < 1) {
      throw new IllegalArgumentException("cache.mounts.sizeLimit must be positive");
    }
  }

  static long defaultLimit(long size) {
    return (long) (size * USABLE);
  }

  String describe() {
    return "%s %s storageClassName=%s sizeLimit=%d"
        .formatted(size, accessMode, storageClassName.orElse("(default)"), sizeLimit);
  }
}
