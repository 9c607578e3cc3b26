package dev.stagewright.worker.publish;

import dev.stagewright.analysis.image.LayerOrigin;
import dev.stagewright.layers.oci.History;
import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.MalformedDocumentException;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the layers of an image come from.
 *
 * @param plan the plan of the build
 * @param results the results of the stages of the chain, by ID
 */
record LayerOrigins(BuildPlan plan, Map<String, StageResult> results) {

  /** The origins of the layers, lowest first. */
  List<LayerOrigin> list() throws MalformedDocumentException {
    var origins = new ArrayList<LayerOrigin>(ofBase());
    for (var stage : plan.chain()) {
      var result = Optional.ofNullable(results.get(stage.id())).orElseThrow();
      result.layers().forEach(layer -> origins.add(of(stage, layer.step())));
    }
    return List.copyOf(origins);
  }

  private List<LayerOrigin> ofBase() throws MalformedDocumentException {
    var layers = plan.baseImage().map(image -> image.layers().size()).orElse(0);
    var history = ImageConfig.parseHistory(plan.image().baseHistory());
    return HistoryFit.adapt(history, layers).stream()
        .filter(entry -> !entry.emptyLayer())
        .map(History::createdBy)
        .map(instruction -> new LayerOrigin(instruction, Optional.empty(), Optional.empty(), true))
        .toList();
  }

  private static LayerOrigin of(StagePlan stage, int step) {
    var position = stage.steps().get(step).position();
    var name =
        stage.members().stream()
            .filter(member -> member.firstStep() <= step)
            .reduce((_, last) -> last)
            .map(StagePlan.Member::name);
    return new LayerOrigin(
        Optional.of(position.instruction()), Optional.of(position.line()), name, false);
  }
}
