package dev.stagewright.bench.compare.cpu;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The processor time of a period, in seconds.
 *
 * @param seconds length of the period
 * @param components processor seconds by component
 * @param others processor seconds of everything else on the machine
 * @param stolen seconds in which the hypervisor did not let the machine run
 */
public record CpuUsage(
    double seconds, Map<String, Double> components, double others, double stolen) {

  /**
   * What these components spent beyond what they spend when no build runs.
   *
   * @param idle usage of a period without builds
   */
  public Map<String, Double> beyond(CpuUsage idle, Predicate<String> included) {
    var result = new TreeMap<String, Double>();
    components.forEach((component, spent) -> {
      if (included.test(component)) {
        result.put(component, spent - idle.rate(component) * seconds);
      }
    });
    return result;
  }

  /** Processor seconds per second, by component. */
  public Map<String, Double> rates() {
    var rates = new TreeMap<String, Double>();
    components.keySet().forEach(component -> rates.put(component, rate(component)));
    return rates;
  }

  private double rate(String component) {
    return components.getOrDefault(component, 0.0) / seconds;
  }
}
