package dev.stagewright.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.bench.compare.workload.Workload;
import dev.stagewright.bench.compare.workload.Workload.Trait;
import dev.stagewright.bench.compare.workload.Workloads;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompareOptionsTest {

  @Test
  void smallWorkloadsAreTheDefault() {
    assertThat(CompareOptions.of(Map.of()).workloads())
        .isNotEmpty()
        .noneMatch(workload -> workload.has(Trait.LARGE));
  }

  @Test
  void workloadsAreChosenByName() {
    assertThat(CompareOptions.of(Map.of("COMPARE_WORKLOADS", "run copy")).workloads())
        .extracting(Workload::name)
        .containsExactly("run", "copy");
    assertThat(CompareOptions.of(Map.of("COMPARE_WORKLOADS", "all")).workloads())
        .isEqualTo(Workloads.all());
  }

  @Test
  void unknownWorkloadIsRefused() {
    assertThatThrownBy(() -> CompareOptions.of(Map.of("COMPARE_WORKLOADS", "fast")))
        .hasMessageContaining("unknown workload fast; the workloads are [copy, run, ");
  }

  @Test
  void machineIsBusyByTheShareOfAllProcessors() {
    assertThat(new LoadGate(2).share(Duration.ofSeconds(4))).isEqualTo(0.5);
  }
}
