package dev.stagewright.dockerfile.stages;

import dev.stagewright.dockerfile.PlatformId;
import dev.stagewright.dockerfile.Stage;
import dev.stagewright.dockerfile.instruction.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A stage in the graph.
 *
 * @param stage as parsed
 * @param base what it is built on
 * @param platform of FROM; empty where not said
 * @param triggers instructions that ONBUILD of the base has it begin with
 * @param dependencies what its instructions take files from, other than the build context
 */
public record StageNode(
    Stage stage,
    ResolvedBase base,
    Optional<PlatformId> platform,
    List<Instruction> triggers,
    List<Dependency> dependencies) {
  /** Copies the lists. */
  public StageNode {
    triggers = List.copyOf(triggers);
    dependencies = List.copyOf(dependencies);
  }

  /** The same, with instructions that come before its own. */
  StageNode withTriggers(List<Instruction> newTriggers, List<Dependency> more) {
    var all = new ArrayList<>(more);
    all.addAll(dependencies);
    return new StageNode(stage, base, platform, newTriggers, all);
  }

  /** All its instructions, triggers first. */
  public List<Instruction> instructions() {
    var all = new ArrayList<>(triggers);
    all.addAll(stage.instructions());
    return List.copyOf(all);
  }

  /** Its place among the stages. */
  public int index() {
    return stage.index();
  }
}
