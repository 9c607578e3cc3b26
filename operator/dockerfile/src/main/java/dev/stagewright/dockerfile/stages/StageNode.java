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
 * @param base base of the stage
 * @param platform of FROM; empty if not specified
 * @param triggers the ONBUILD instructions of the base, which run first
 * @param dependencies the sources that the instructions read files from, without the build context
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

  /** The same stage with triggers of ONBUILD. */
  StageNode withTriggers(List<Instruction> newTriggers, List<Dependency> more) {
    var all = new ArrayList<>(more);
    all.addAll(dependencies);
    return new StageNode(stage, base, platform, newTriggers, all);
  }

  /** All instructions of the stage, triggers first. */
  public List<Instruction> instructions() {
    var all = new ArrayList<>(triggers);
    all.addAll(stage.instructions());
    return List.copyOf(all);
  }

  /** The index of the stage. */
  public int index() {
    return stage.index();
  }
}
