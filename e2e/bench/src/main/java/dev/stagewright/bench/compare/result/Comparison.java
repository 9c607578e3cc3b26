package dev.stagewright.bench.compare.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The result of a comparison.
 *
 * @param versions versions of the builders that took part, and of Kubernetes, by name
 * @param absent builders that did not take part, with the reason
 * @param results results by workload, in the order of measurement
 */
public record Comparison(
    Machine machine,
    Map<String, String> versions,
    Map<String, String> absent,
    List<WorkloadResult> results) {

  /** The same with the result of a workload, which replaces an earlier one. */
  public Comparison with(WorkloadResult result) {
    var byName = new LinkedHashMap<String, WorkloadResult>();
    results.forEach(known -> byName.put(known.workload(), known));
    byName.put(result.workload(), result);
    return new Comparison(machine, versions, absent, new ArrayList<>(byName.values()));
  }

  /**
   * The same with the results of another comparison, which replace those of the same workloads.
   *
   * @throws IllegalArgumentException if it is of another machine or of other versions, so that its
   *     results cannot stand beside these
   */
  public Comparison with(Comparison other) {
    if (!machine.equals(other.machine)) {
      throw new IllegalArgumentException(
          "results of different machines: " + machine + "; " + other.machine);
    }
    var allVersions = new TreeMap<>(versions);
    other.versions.forEach((name, version) -> {
      var known = allVersions.putIfAbsent(name, version);
      if (known != null && !known.equals(version)) {
        throw new IllegalArgumentException(
            "results of different versions: %s %s and %s".formatted(name, known, version));
      }
    });
    var allAbsent = new TreeMap<>(absent);
    allAbsent.putAll(other.absent);
    allAbsent.keySet().removeAll(allVersions.keySet());
    var merged = new Comparison(machine, allVersions, allAbsent, results);
    for (var result : other.results) {
      merged = merged.with(result);
    }
    return merged;
  }
}
