package dev.stagewright.bench.compare.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  /** Whether results of another comparison can stand beside those of this one. */
  public boolean matches(Comparison other) {
    return machine.equals(other.machine) && versions.equals(other.versions);
  }
}
