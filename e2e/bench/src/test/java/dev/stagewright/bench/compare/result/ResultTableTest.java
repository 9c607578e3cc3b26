package dev.stagewright.bench.compare.result;

import static dev.stagewright.bench.compare.result.Samples.comparison;
import static dev.stagewright.bench.compare.result.Samples.result;
import static dev.stagewright.bench.compare.result.Samples.sample;
import static dev.stagewright.bench.compare.result.Samples.withSharedStage;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  private static final Comparison BOTH =
      comparison(
          result("mixed", sample("stagewright", 30, 40, 3), sample("buildkit", 40, 40, 0)),
          result("copy", sample("stagewright", 1.4, 3.5, 1), sample("buildkit", 0.4, 0.2, 0)));

  @Test
  void tableHasARowForEachWorkload() {
    assertThat(ResultTable.of(BOTH).text())
        .isEqualTo(
            """
            Workload                       Stagewright: s  processor s  Pods  BuildKit: s  processor s     S  Rounds  Aim                                     Met
            one COPY on busybox                      1.40         3.50     1         0.40         0.20  0.50       1  S + 1 s = 1.50 s, 3 processor s, 1 Pod  no: processor time
            C stage, Go stage, copy stage           30.00        40.00     3        40.00        40.00  0.50       1  0.9 × BuildKit = 36.00 s                yes
            """);
  }

  @Test
  void tableInMarkdownAlignsNumbers() {
    assertThat(ResultTable.of(BOTH).markdown().lines())
        .element(1)
        .isEqualTo("|---|--:|--:|--:|--:|--:|--:|--:|---|---|");
  }

  @Test
  void aimThatNeedsAMissingBuilderIsNotKnown() {
    var table = ResultTable.of(comparison(result("mixed", sample("stagewright", 30, 40, 3))));

    assertThat(table.header()).doesNotContain("BuildKit: s");
    assertThat(table.rows().getFirst()).contains("0.9 × BuildKit", "not known");
  }

  @Test
  void builderThatFailedHasNoMedian() {
    var result =
        new WorkloadResult(
            "mixed",
            "2026-01-02T03:04:05Z",
            0.1,
            Map.of(),
            List.of(0.5),
            List.of(sample("stagewright", 30, 40, 3), sample("buildkit", 40, 40, 0)),
            Map.of("buildkit", "no space left on device"));

    assertThat(ResultTable.of(comparison(result)).rows().getFirst())
        .containsSubsequence("30.00", "failed", "0.9 × BuildKit", "not known");
  }

  @Test
  void sharedStageThatRunsTwiceMissesTheAim() {
    var once =
        result(
            "services",
            withSharedStage(sample("stagewright", 20, 60, 21), 1),
            withSharedStage(sample("buildkit", 40, 60, 0), 2));
    var twice = result("services", withSharedStage(sample("stagewright", 20, 60, 22), 2));

    assertThat(ResultTable.of(comparison(once)).rows().getFirst())
        .containsSubsequence("0.5 × BuildKit = 20.00 s, shared stage 1 time", "yes");
    assertThat(new SharedStageNotes(comparison(once)).lines())
        .containsExactly(
            "Runs of the shared stage (20 services at once with a shared stage):"
                + " Stagewright 1, BuildKit 2.");
    assertThat(ResultTable.of(comparison(twice)).rows().getFirst())
        .last()
        .isEqualTo("no: shared stage");
  }

  @Test
  void rowWithoutAnAimHasNoVerdict() {
    var table =
        ResultTable.of(comparison(result("dependencies-pull", sample("stagewright", 9, 9, 2))));

    assertThat(table.rows().getFirst()).endsWith("1", "", "");
  }

  @Test
  void rowWithoutStagewrightHasNoVerdict() {
    var table = ResultTable.of(comparison(result("copy", sample("buildkit", 0.4, 0.2, 0))));

    assertThat(table.rows().getFirst()).last().isEqualTo("");
  }
}
