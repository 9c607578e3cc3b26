package dev.stagewright.bench.soak;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.api.v1alpha1.StageStatus.Cached;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Counts how much the cache knew in the last runs of builds. A test in which it knew nothing has
 * not tested it.
 */
final class CacheUseCheck {
  private final List<Cached> stages = new ArrayList<>();

  void add(ImageBuild build) {
    if (build.getStatus() != null) {
      build.getStatus().stages().stream()
          .map(StageStatus::cached)
          .flatMap(Stream::ofNullable)
          .forEach(stages::add);
    }
  }

  /** The number of stages of which this much was known. */
  long count(Cached cached) {
    return stages.stream().filter(cached::equals).count();
  }

  /**
   * The violations.
   *
   * @param repeated whether some builds had the same files as an earlier one
   */
  List<Violation> violations(boolean repeated) {
    return repeated && count(Cached.All) == 0
        ? List.of(Violation.wrong("no stage was known from the cache, although builds repeat"))
        : List.of();
  }
}
