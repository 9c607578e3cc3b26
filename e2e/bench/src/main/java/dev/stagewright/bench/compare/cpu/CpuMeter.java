package dev.stagewright.bench.compare.cpu;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Reads the processor time of all components. The operator is separated from the other Pods.
 *
 * @param operator cgroup of the operator's Pod
 */
public record CpuMeter(Cgroups cgroups, Path operator) {
  /** The Pod of the operator. */
  public static final String OPERATOR = "operator";

  /** The current processor time. */
  public CpuSnapshot snapshot() {
    var usage = cgroups.usage();
    var own = Cgroups.usage(operator);
    usage.merge(Cgroups.PODS, own, Duration::minus);
    usage.put(OPERATOR, own);
    return new CpuSnapshot(System.nanoTime(), usage, MachineTime.now());
  }
}
