package dev.stagewright.worker.harbor;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A severity from which on vulnerabilities are too much.
 *
 * @param severity in Harbor's word
 */
record SeverityGate(String severity) {
  private static final List<String> WORST_FIRST =
      List.of("Critical", "High", "Medium", "Low", "Negligible", "Unknown");

  /** Those of these counts that are too much, worst first, in words; empty if none is. */
  String excess(Map<String, Integer> counts) {
    return WORST_FIRST.stream()
        .limit(WORST_FIRST.indexOf(severity) + 1L)
        .filter(worse -> counts.getOrDefault(worse, 0) > 0)
        .map(worse -> counts.get(worse) + " " + worse)
        .collect(Collectors.joining(", "));
  }
}
