package dev.stagewright.controller.config;

import dev.stagewright.api.v1alpha1.KubernetesDuration;
import java.time.Duration;
import java.util.Optional;

/**
 * The cache of instructions in the configuration of the operator.
 *
 * @param enabled whether builds have a cache; a build can disable its own
 * @param maxAge age after which no build uses a record; empty for no limit
 * @param mounts the claim for cache mounts; empty if the operator creates none
 */
public record CacheConfig(
    boolean enabled, Optional<Duration> maxAge, Optional<CacheMountsConfig> mounts) {
  /** The default configuration. */
  public static final CacheConfig DEFAULT = new CacheConfig(true, Optional.empty());

  /** A configuration in which no build has a cache. */
  public static final CacheConfig DISABLED = new CacheConfig(false, Optional.empty());

  /**
   * @throws IllegalArgumentException if a value is invalid; the message names the property
   */
  public CacheConfig {
    if (maxAge.filter(age -> !age.isPositive()).isPresent()) {
      throw new IllegalArgumentException("cache.maxAge must be positive");
    }
  }

  /** A configuration in which the operator creates no claim for cache mounts. */
  public CacheConfig(boolean enabled, Optional<Duration> maxAge) {
    this(enabled, maxAge, Optional.empty());
  }

  String describe() {
    return (enabled
            ? "enabled, maxAge=" + maxAge.map(KubernetesDuration::format).orElse("(none)")
            : "disabled")
        + ", mounts="
        + mounts.map(CacheMountsConfig::describe).orElse("(none)");
  }
}
