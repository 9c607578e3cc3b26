package dev.stagewright.worker.images;

import dev.stagewright.dockerfile.instruction.Instruction;
import dev.stagewright.dockerfile.stages.FileSource;
import dev.stagewright.dockerfile.stages.ResolvedBase;
import dev.stagewright.dockerfile.stages.StageGraph;
import dev.stagewright.dockerfile.stages.StageNode;
import dev.stagewright.protocol.InstructionPosition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * An image that a stage names.
 *
 * @param name as the Dockerfile has it, expanded
 * @param stage what users call the stage
 * @param position of the FROM, or of the COPY that names it
 */
public record ImageUse(String name, String stage, InstructionPosition position) {

  /**
   * The images that the target needs, each where it is named first, in the Dockerfile's order.
   *
   * @param position tells where an instruction stands
   */
  public static List<ImageUse> of(
      StageGraph graph, Function<Instruction, InstructionPosition> position) {
    var uses = new LinkedHashMap<String, ImageUse>();
    for (var index : graph.neededBy(graph.target())) {
      addUses(graph.stages().get(index), position, uses);
    }
    return List.copyOf(uses.values());
  }

  private static void addUses(
      StageNode node,
      Function<Instruction, InstructionPosition> position,
      Map<String, ImageUse> uses) {
    var stage = node.stage();
    if (node.base() instanceof ResolvedBase.Image(var name)) {
      uses.putIfAbsent(name, new ImageUse(name, stage.label(), position.apply(stage.from())));
    }
    for (var dependency : node.dependencies()) {
      if (dependency.source() instanceof FileSource.Image(var name)) {
        uses.putIfAbsent(
            name, new ImageUse(name, stage.label(), position.apply(dependency.instruction())));
      }
    }
  }
}
