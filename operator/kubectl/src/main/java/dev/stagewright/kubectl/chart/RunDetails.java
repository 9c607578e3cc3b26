package dev.stagewright.kubectl.chart;

import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.protocol.BuildPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Details of a run that are not part of its status.
 *
 * @param plan the stage graph; without a plan, the only known dependency of a stage is its base
 * @param waits waits by stage ID, from the logs of the stages; a stage without a log is missing
 */
public record RunDetails(Optional<BuildPlan> plan, Map<String, List<StageWait>> waits) {

  /** The names of the stages that a stage depends on. */
  List<String> dependencies(ImageBuildStatus status, StageStatus stage) {
    return plan.flatMap(
            it -> it.stages().stream().filter(s -> s.id().equals(stage.id())).findFirst())
        .map(it -> it.needs().stream().map(id -> plan.orElseThrow().stage(id).name()).toList())
        .orElseGet(() -> baseStage(status, stage).stream().toList());
  }

  /** The name of the stage that a stage has as its base. */
  Optional<String> baseStage(ImageBuildStatus status, StageStatus stage) {
    return status.stages().stream()
        .map(StageStatus::name)
        .filter(name -> name.equals(stage.base()))
        .findFirst();
  }

  /** The names of the stages that a stage waited for, as far as they are known. */
  List<String> awaitedStages(ImageBuildStatus status, StageStatus stage) {
    return Optional.ofNullable(waits.get(stage.id()))
        .map(known ->
            Stream.concat(known.stream().map(StageWait::stage), baseStage(status, stage).stream())
                .distinct()
                .toList())
        .orElseGet(() -> dependencies(status, stage));
  }
}
