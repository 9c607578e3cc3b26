package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.run.Task;

/** A part's Pod is there no more, and so cannot tell why. */
record DeletedPodReason(Observation observed, Task task) {

  /** As the status told while the Pod of a stage was on its way out. */
  String why() {
    return observed.previous().stream()
        .flatMap(status -> status.stages().stream())
        .filter(stage -> stage.id().equals(task.key()))
        .filter(stage -> stage.phase() == StagePhase.Running && stage.reason() != null)
        .map(stage -> stage.reason() + ": " + stage.message())
        .findFirst()
        .orElse("the Pod was deleted");
  }
}
