package dev.stagewright.bench.compare;

import dev.stagewright.bench.compare.result.Comparison;
import dev.stagewright.bench.compare.result.ResultTable;
import dev.stagewright.bench.compare.result.SharedStageNotes;

/** A comparison for a terminal: the table, and what it does not show. */
record ResultText(Comparison comparison) {

  @Override
  public String toString() {
    var text = new StringBuilder("\n").append(ResultTable.of(comparison).text()).append('\n');
    new SharedStageNotes(comparison).lines().forEach(line -> text.append(line).append('\n'));
    for (var result : comparison.results()) {
      result
          .failures()
          .forEach((name, reason) ->
              text.append("%s failed at %s: %s%n".formatted(name, result.workload(), reason)));
    }
    comparison
        .absent()
        .forEach((name, reason) -> text.append("without %s: %s%n".formatted(name, reason)));
    return text.toString();
  }
}
