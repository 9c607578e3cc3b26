package dev.stagewright.worker.harbor;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The lowest severity of vulnerabilities that fails a build.
 *
 * @param severity the severity, as Harbor names it
 */
record SeverityGate(String severity) {
  private static final List<String> WORST_FIRST =
      List.of("Critical", "High", "Medium", "Low", "Negligible", "Unknown");

  /** Returns the counts that fail the build, most severe first, for messages; empty for none. */
  String excess(Map<String, Integer> counts) {
    return WORST_FIRST.stream()
        .limit(WORST_FIRST.indexOf(severity) + 1L)
        .filter(level -> counts.getOrDefault(level, 0) > 0)
        .map(level -> counts.get(level) + " " + level)
        .collect(Collectors.joining(", "));
  }
}
