package dev.stagewright.bench.compare.result;

import dev.stagewright.bench.compare.workload.Workloads;
import java.util.List;
import java.util.stream.Collectors;

/** How often the stage ran that the builds of a workload have in common, a line per workload. */
public record SharedStageNotes(Comparison comparison) {

  /** The lines; none without such a workload. */
  public List<String> lines() {
    return comparison.results().stream().flatMap(result -> line(result).stream()).toList();
  }

  private static List<String> line(WorkloadResult result) {
    var counts =
        ResultTable.ORDER.stream()
            .flatMap(builder ->
                result.sharedStageRuns(builder).stream()
                    .map(runs -> ResultTable.title(builder) + " " + runs))
            .collect(Collectors.joining(", "));
    var title = Workloads.named(result.workload()).map(workload -> workload.title()).orElse("");
    return counts.isEmpty()
        ? List.of()
        : List.of("Runs of the shared stage (%s): %s.".formatted(title, counts));
  }
}
