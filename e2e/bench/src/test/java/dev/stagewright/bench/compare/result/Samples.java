package dev.stagewright.bench.compare.result;

import java.util.List;
import java.util.Map;

/** Results for tests. */
final class Samples {
  static final Machine MACHINE = new Machine(2, "Test", 8L << 30, "Linux 6.12");

  private Samples() {}

  static Sample sample(String builder, double seconds, double cpuSeconds, int pods) {
    return new Sample(
        builder,
        1,
        1,
        seconds,
        Map.of("pods", cpuSeconds),
        0,
        0,
        pods,
        0,
        1000,
        List.of(),
        Map.of());
  }

  /** The same, with the number of times that a shared stage ran. */
  static Sample withSharedStage(Sample sample, int runs) {
    return new Sample(
        sample.builder(),
        sample.round(),
        sample.builds(),
        sample.seconds(),
        sample.cpuSeconds(),
        sample.otherCpuSeconds(),
        sample.stolenSeconds(),
        sample.pods(),
        runs,
        sample.layerBytes(),
        sample.moments(),
        sample.podCpuSeconds());
  }

  /** One sample of Stagewright and one of BuildKit; S is 0.5 s. */
  static WorkloadResult result(String workload, Sample... samples) {
    return new WorkloadResult(
        workload, "2026-01-02T03:04:05Z", 0.1, Map.of(), List.of(0.5), List.of(samples), Map.of());
  }

  static Comparison comparison(WorkloadResult... results) {
    return new Comparison(
        MACHINE,
        Map.of("stagewright", "1.0", "buildkit", "0.26.3"),
        Map.of("buildah", "it is not installed"),
        List.of(results));
  }
}
