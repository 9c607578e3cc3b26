package dev.stagewright.worker.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan.HistoryEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstructionLinesTest {
  private static InstructionLines lines(HistoryEntry... history) {
    var stage =
        ScriptedBuild.stage("s0", new StageBase.Scratch()).toBuilder()
            .history(List.of(history))
            .build();
    return new InstructionLines(
        BuildPlan.builder(Platform.LINUX_AMD64, List.of(stage), stage.id()).build());
  }

  @Test
  void lastInstructionCounts() {
    var lines =
        lines(
            new HistoryEntry("USER a", -1, 2),
            new HistoryEntry("USER b", -1, 3),
            new HistoryEntry("USERS", -1, 4));

    assertThat(lines.last(List.of("USER"))).isEqualTo(3);
    assertThat(lines.all()).containsExactly(2, 3, 4);
  }

  @Test
  void entrypointIsThePlaceOfAFindingAboutTheCommandAlsoIfCmdFollows() {
    var lines =
        lines(
            new HistoryEntry("ENTRYPOINT [\"/a\"]", -1, 5),
            new HistoryEntry("CMD [\"/b\"]", -1, 6));

    assertThat(lines.last(List.of("ENTRYPOINT", "CMD"))).isEqualTo(5);
  }

  @Test
  void thereMayBeNoSuchInstruction() {
    var lines = lines(new HistoryEntry("CMD [\"/b\"]", -1, 6));

    assertThat(lines.last(List.of("ENTRYPOINT", "CMD"))).isEqualTo(6);
    assertThat(lines.last(List.of("USER"))).isZero();
    assertThat(lines.last(List.of())).isZero();
  }
}
