package dev.stagewright.worker.plan;

import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StageLocation;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides where stages run. A stage without RUN needs files, but no container: if its base is small
 * and the user requests nothing for its Pod, it runs in the worker, which is already running and
 * has the files of the build. Such a stage ends before a Pod for it would have started, so stages
 * that are based on it or copy from it do not wait longer.
 *
 * <p>The stages that share a Pod are one stage here: they all run in the worker, or none does.
 *
 * @param largestBase largest size of a base image, as the sum of its compressed layers in bytes
 * @param terms requirements of stages on their Pods, by stage id
 */
record StageLocations(long largestBase, Map<String, String> terms) {

  /** Sets the locations of stages, which are in the order of their dependencies. */
  List<StagePlan> of(List<StagePlan> stages) {
    var origins = new HashMap<String, StageBase>();
    stages.forEach(stage -> origins.put(stage.id(), origin(stage.base(), origins)));
    return stages.stream()
        .map(stage ->
            needsNoPod(stage, origins)
                ? stage.toBuilder().location(StageLocation.WORKER).build()
                : stage)
        .toList();
  }

  private static StageBase origin(StageBase base, Map<String, StageBase> known) {
    return base instanceof StageBase.Stage(var parent) ? known.getOrDefault(parent, base) : base;
  }

  private boolean needsNoPod(StagePlan stage, Map<String, StageBase> origins) {
    return stage.steps().stream().noneMatch(Step.Run.class::isInstance)
        && terms.getOrDefault(stage.id(), "").isEmpty()
        && isSmall(origins.getOrDefault(stage.id(), stage.base()));
  }

  private boolean isSmall(StageBase base) {
    return switch (base) {
      case StageBase.Scratch _ -> true;
      case StageBase.Stage _ -> false;
      case StageBase.Image image ->
          image.layers().stream().mapToLong(layer -> layer.blob().size()).sum() <= largestBase;
    };
  }
}
