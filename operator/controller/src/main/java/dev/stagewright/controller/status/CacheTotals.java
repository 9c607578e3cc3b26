package dev.stagewright.controller.status;

import dev.stagewright.api.v1alpha1.CacheStatus;
import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.api.v1alpha1.StageCacheStatus;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.controller.run.CacheUse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Adds up what the stages of a run took from the cache. */
record CacheTotals(String repository, CacheUse use) {
  /** The sum; empty if no stage was looked up yet. */
  Optional<CacheStatus> of(List<StageStatus> stages) {
    var found =
        stages.stream().flatMap(stage -> Optional.ofNullable(stage.cache()).stream()).toList();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    var saved =
        found.stream()
            .map(StageCacheStatus::savedDuration)
            .map(KubernetesDuration::parse)
            .reduce(Duration.ZERO, Duration::plus);
    return Optional.of(
        new CacheStatus(
            repository,
            use == CacheUse.IGNORES_RECORDS ? Boolean.TRUE : null,
            found.stream().mapToInt(StageCacheStatus::cachedSteps).sum(),
            found.stream().mapToInt(StageCacheStatus::steps).sum(),
            KubernetesDuration.format(saved),
            found.stream().mapToLong(StageCacheStatus::savedBytes).sum()));
  }
}
