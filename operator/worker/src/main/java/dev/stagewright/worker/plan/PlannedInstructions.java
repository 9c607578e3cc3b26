package dev.stagewright.worker.plan;

import dev.stagewright.dockerfile.eval.EvaluatedStage;
import dev.stagewright.dockerfile.eval.HistoryLine;
import dev.stagewright.protocol.StagePlan.HistoryEntry;
import dev.stagewright.protocol.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The instructions of a stage, lowered.
 *
 * @param steps those that touch files
 * @param history of all of them
 */
record PlannedInstructions(List<Step> steps, List<HistoryEntry> history) {
  private static final int NO_LAYER = -1;

  static PlannedInstructions of(EvaluatedStage stage, StepPlanner lowering) {
    var steps = new ArrayList<Step>();
    var stepOfInstruction = new HashMap<Integer, Integer>();
    for (var i = 0; i < stage.instructions().size(); i++) {
      var step = lowering.of(stage.instructions().get(i));
      if (step.isPresent()) {
        stepOfInstruction.put(i, steps.size());
        steps.add(step.get());
      }
    }
    var history = stage.history().stream().map(line -> entry(line, stepOfInstruction)).toList();
    return new PlannedInstructions(List.copyOf(steps), history);
  }

  private static HistoryEntry entry(HistoryLine line, Map<Integer, Integer> stepOfInstruction) {
    return new HistoryEntry(
        line.createdBy(),
        line.emptyLayer()
            ? NO_LAYER
            : stepOfInstruction.getOrDefault(line.instruction(), NO_LAYER));
  }
}
