package dev.stagewright.bench.compare;

import dev.stagewright.bench.compare.workload.Workload;
import dev.stagewright.bench.compare.workload.Workload.Trait;
import dev.stagewright.bench.compare.workload.Workloads;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to compare.
 *
 * @param workloads names of the workloads
 * @param builders names of the builders
 * @param rounds number of measured builds of each builder; large workloads have fewer
 * @param result file with the result
 * @param keep whether results of other workloads in the file are kept
 * @param loaded whether to measure on a busy machine
 * @param breakdown whether to print the moments of builds
 */
record CompareOptions(
    List<Workload> workloads,
    List<String> builders,
    int rounds,
    Path result,
    boolean keep,
    boolean loaded,
    boolean breakdown) {
  private static final String ALL = "all";

  /** Reads the options from the environment variables that the script sets. */
  static CompareOptions of(Map<String, String> environment) {
    return new CompareOptions(
        workloads(words(environment.getOrDefault("COMPARE_WORKLOADS", ""))),
        words(environment.getOrDefault("COMPARE_BUILDERS", "stagewright buildkit buildah")),
        Integer.parseInt(environment.getOrDefault("COMPARE_ROUNDS", "5")),
        Path.of(environment.getOrDefault("COMPARE_RESULT", "target/compare.json")),
        environment.getOrDefault("COMPARE_KEEP", "").equals("true"),
        environment.getOrDefault("COMPARE_LOADED", "").equals("true"),
        environment.getOrDefault("COMPARE_BREAKDOWN", "").equals("true"));
  }

  private static List<Workload> workloads(List<String> names) {
    if (names.isEmpty()) {
      return Workloads.all().stream().filter(workload -> !workload.has(Trait.LARGE)).toList();
    }
    if (names.equals(List.of(ALL))) {
      return Workloads.all();
    }
    return names.stream().map(CompareOptions::named).toList();
  }

  private static Workload named(String name) {
    return Workloads.named(name)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "unknown workload %s; the workloads are %s"
                    .formatted(name, Workloads.all().stream().map(Workload::name).toList())));
  }

  private static List<String> words(String text) {
    return text.isBlank() ? List.of() : List.of(text.strip().split("[ ,]+"));
  }
}
