package dev.stagewright.analysis.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.analysis.report.ReportStage;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The layout of the graph of stages. */
class StageRowsTest {
  private static ReportStage stage(String name, String... dependencies) {
    return new ReportStage(
        name,
        ReportStage.Kind.STAGE,
        Optional.empty(),
        ReportStage.Cached.NONE,
        Optional.empty(),
        List.of(dependencies));
  }

  private static int row(StageRows rows, String name) {
    return rows.nodes().stream()
        .filter(node -> node.name.equals(name))
        .findFirst()
        .orElseThrow()
        .row;
  }

  @Test
  void aStageIsBelowThoseItDependsOn() {
    var rows =
        StageRows.of(
            List.of(stage("a"), stage("b", "a"), stage("c", "a"), stage("d", "b", "c", "a")));

    assertThat(row(rows, "a")).isEqualTo(0);
    assertThat(row(rows, "b")).isEqualTo(1).isEqualTo(row(rows, "c"));
    assertThat(row(rows, "d")).isEqualTo(2);
    // The line from a to d has a place in the row of b and c.
    assertThat(rows.nodes()).hasSize(5);
    assertThat(rows.edges()).hasSize(6);
  }

  @Test
  void aRowHasAtMostFourStages() {
    var stages = IntStream.range(0, 10).mapToObj(i -> stage("s" + i)).toList();

    var rows = StageRows.of(stages);

    assertThat(rows.height()).isEqualTo(3);
    assertThat(rows.nodes()).hasSize(10);
  }

  @Test
  void ignoresUnknownNamesAndCycles() {
    var rows = StageRows.of(List.of(stage("a", "a", "x"), stage("b", "c"), stage("c", "b")));

    assertThat(rows.nodes().stream().filter(node -> node.isStage)).hasSize(3);
  }
}
