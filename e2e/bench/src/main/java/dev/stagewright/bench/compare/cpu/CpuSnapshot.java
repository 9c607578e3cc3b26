package dev.stagewright.bench.compare.cpu;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The processor time at one moment.
 *
 * @param nanoTime the moment, in the unit of {@link System#nanoTime}
 * @param components processor time by component
 */
public record CpuSnapshot(long nanoTime, Map<String, Duration> components, MachineTime machine) {

  /** The processor time from an earlier snapshot to this one. */
  public CpuUsage since(CpuSnapshot earlier) {
    var spent = new TreeMap<String, Double>();
    components.forEach((component, time) ->
        spent.put(
            component,
            seconds(time.minus(earlier.components.getOrDefault(component, Duration.ZERO)))));
    var known = spent.values().stream().mapToDouble(Double::doubleValue).sum();
    var busy = seconds(machine.busy().minus(earlier.machine.busy()));
    return new CpuUsage(
        seconds(Duration.ofNanos(nanoTime - earlier.nanoTime)),
        spent,
        Math.max(0, busy - known),
        seconds(machine.stolen().minus(earlier.machine.stolen())));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
