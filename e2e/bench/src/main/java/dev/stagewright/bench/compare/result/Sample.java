package dev.stagewright.bench.compare.result;

import dev.stagewright.bench.compare.breakdown.Moment;
import java.util.List;
import java.util.Map;

/**
 * One measured build, or several that started at once.
 *
 * @param builder name of the builder
 * @param round number of the round, starting at 1
 * @param builds number of builds that started at once
 * @param seconds from the start to the end of the last
 * @param cpuSeconds processor seconds of all builds together, by component, beyond those of an idle
 *     cluster
 * @param otherCpuSeconds processor seconds of everything else on the machine, including the
 *     benchmark
 * @param stolenSeconds seconds in which the hypervisor did not let the machine run
 * @param pods number of Pods that were created
 * @param sharedStageRuns number of times that a stage ran that the builds have in common; 0 if they
 *     have none
 * @param layerBytes compressed size of the layers of the first image
 * @param moments what happened during the first build
 * @param podCpuSeconds processor seconds of the Pods and containers of the first build; they are
 *     part of {@code cpuSeconds}
 */
public record Sample(
    String builder,
    int round,
    int builds,
    double seconds,
    Map<String, Double> cpuSeconds,
    double otherCpuSeconds,
    double stolenSeconds,
    int pods,
    int sharedStageRuns,
    long layerBytes,
    List<Moment> moments,
    Map<String, Double> podCpuSeconds) {

  /** Processor seconds of one build. */
  public double cpuSecondsOfOneBuild() {
    return Math.max(
        0, cpuSeconds.values().stream().mapToDouble(Double::doubleValue).sum() / builds);
  }

  /** Pods of one build, rounded up. */
  public int podsOfOneBuild() {
    return Math.ceilDiv(pods, builds);
  }
}
