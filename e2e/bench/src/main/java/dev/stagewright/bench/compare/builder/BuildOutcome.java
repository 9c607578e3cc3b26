package dev.stagewright.bench.compare.builder;

import dev.stagewright.bench.compare.breakdown.Moment;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of builds that started at once. All of them have published their image.
 *
 * @param seconds from the start of the first build until the end of the last
 * @param pods number of Pods that were created
 * @param startedFromPrefixImage whether a stage of the first build started from an image with its
 *     known steps, if the builder has such images
 * @param moments what happened during the first build, if the builder can tell
 * @param podCpuSeconds processor seconds of the Pods and containers of the first build
 */
public record BuildOutcome(
    double seconds,
    int pods,
    Optional<Boolean> startedFromPrefixImage,
    List<Moment> moments,
    Map<String, Double> podCpuSeconds) {

  /** The result of a builder that is not observed. */
  static BuildOutcome of(double seconds) {
    return new BuildOutcome(seconds, 0, Optional.empty(), List.of(), Map.of());
  }
}
