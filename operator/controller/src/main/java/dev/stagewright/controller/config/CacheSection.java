package dev.stagewright.controller.config;

import dev.stagewright.api.v1alpha1.KubernetesDuration;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The property {@code cache} of the YAML file. Absent properties are null. */
record CacheSection(
    @Nullable Boolean enabled, @Nullable String maxAge, @Nullable CacheMountsSection mounts) {

  /**
   * @throws IllegalArgumentException if a value is invalid; the message names the property
   */
  CacheConfig toConfig() {
    return new CacheConfig(
        Optional.ofNullable(enabled).orElse(CacheConfig.DEFAULT.enabled()),
        Optional.ofNullable(maxAge).map(CacheSection::duration),
        Optional.ofNullable(mounts).flatMap(CacheMountsSection::toConfig));
  }

  private static Duration duration(String text) {
    try {
      return KubernetesDuration.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("cache.maxAge: " + e.getMessage(), e);
    }
  }
}
