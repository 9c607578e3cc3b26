package dev.stagewright.kubectl.chart;

import dev.stagewright.analysis.size.DataSize;
import dev.stagewright.api.v1alpha1.CacheStatus;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.api.v1alpha1.StageStatus.Cached;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Describes what a run, or one of its stages, took from the cache. */
final class CacheSummary {
  private static final String NOTHING = "0s";

  private CacheSummary() {}

  /** {@code 2 of 7 steps cached}; empty for a stage of which nothing is cached. */
  static Optional<String> of(StageStatus stage) {
    var cache = stage.cache();
    return cache == null || stage.cached() == Cached.None
        ? Optional.empty()
        : Optional.of(cache.cachedSteps() + " of " + cache.steps() + " steps cached");
  }

  /** {@code 9 of 12 steps, saved 1m12s and 312 MB}. */
  static String of(CacheStatus cache) {
    var text = cache.cachedSteps() + " of " + cache.steps() + " steps";
    if (Boolean.TRUE.equals(cache.recordsIgnored())) {
      return text + ", existing records are ignored";
    }
    return text
        + saved(cache.savedDuration(), cache.savedBytes()).map(", saved "::concat).orElse("");
  }

  /** {@code 1m12s and 312 MB}; empty if nothing was saved. */
  static Optional<String> saved(String duration, long bytes) {
    var parts = new ArrayList<String>();
    if (!duration.equals(NOTHING)) {
      parts.add(duration);
    }
    if (bytes > 0) {
      parts.add(new DataSize(bytes).toString());
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join(" and ", List.copyOf(parts)));
  }
}
