package dev.stagewright.kubectl.chart;

import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.protocol.BuildPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of a run beside its status.
 *
 * @param plan the graph; without it only what a stage starts from is known of its needs
 * @param waits by stage id, from the stages' logs; a stage that is missing has no log any more
 */
public record Evidence(Optional<BuildPlan> plan, Map<String, List<Wait>> waits) {

  /** The names of the stages that this one needs. */
  List<String> needs(ImageBuildStatus status, StageStatus stage) {
    return plan.flatMap(
            it -> it.stages().stream().filter(s -> s.id().equals(stage.id())).findFirst())
        .map(it -> it.needs().stream().map(id -> plan.orElseThrow().stage(id).name()).toList())
        .orElseGet(() -> base(status, stage).stream().toList());
  }

  /** The name of the stage that this one starts from. */
  Optional<String> base(ImageBuildStatus status, StageStatus stage) {
    return status.stages().stream()
        .map(StageStatus::name)
        .filter(name -> name.equals(stage.base()))
        .findFirst();
  }

  /** The names of stages that this one had to wait for, as far as is known. */
  List<String> awaited(ImageBuildStatus status, StageStatus stage) {
    return Optional.ofNullable(waits.get(stage.id()))
        .map(known ->
            Stream.concat(known.stream().map(Wait::stage), base(status, stage).stream())
                .distinct()
                .toList())
        .orElseGet(() -> needs(status, stage));
  }
}
