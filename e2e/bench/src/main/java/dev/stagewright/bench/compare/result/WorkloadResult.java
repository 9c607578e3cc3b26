package dev.stagewright.bench.compare.result;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * All samples of a workload.
 *
 * @param workload name of the workload
 * @param startedAt time of the first sample
 * @param loadAverage load average of the machine over one minute, before the first sample
 * @param idleCpuPerSecond processor seconds per second of the idle cluster, by component
 * @param podStarts seconds until the process of a bare Pod started, once in each round
 * @param failures builders that did not complete all rounds, with the reason
 */
public record WorkloadResult(
    String workload,
    String startedAt,
    double loadAverage,
    Map<String, Double> idleCpuPerSecond,
    List<Double> podStarts,
    List<Sample> samples,
    Map<String, String> failures) {

  /** The median duration of a builder. */
  public Optional<Double> seconds(String builder) {
    return median(builder, Sample::seconds);
  }

  /** The median of the processor seconds of one build. */
  public Optional<Double> cpuSeconds(String builder) {
    return median(builder, Sample::cpuSecondsOfOneBuild);
  }

  /** The median of the number of Pods of one build. */
  public Optional<Integer> pods(String builder) {
    return median(builder, sample -> (double) sample.podsOfOneBuild())
        .map(pods -> (int) Math.ceil(pods));
  }

  /** The largest number of runs of a stage that builds have in common; empty if they have none. */
  public Optional<Integer> sharedStageRuns(String builder) {
    return samples.stream()
        .filter(sample -> sample.builder().equals(builder))
        .map(Sample::sharedStageRuns)
        .filter(runs -> runs > 0)
        .max(Comparator.naturalOrder());
  }

  /** The number of rounds. */
  public int rounds() {
    return podStarts.size();
  }

  /** S: the median of the starts of a bare Pod. */
  public Optional<Double> podStart() {
    return Median.of(podStarts);
  }

  /** The sample of a builder whose duration is in the middle. */
  public Optional<Sample> middle(String builder) {
    var sorted =
        samples.stream()
            .filter(sample -> sample.builder().equals(builder))
            .sorted(Comparator.comparingDouble(Sample::seconds))
            .toList();
    return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get((sorted.size() - 1) / 2));
  }

  private Optional<Double> median(String builder, Function<Sample, Double> value) {
    return Median.of(
        samples.stream().filter(sample -> sample.builder().equals(builder)).map(value).toList());
  }
}
