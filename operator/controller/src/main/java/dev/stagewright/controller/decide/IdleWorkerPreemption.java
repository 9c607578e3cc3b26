package dev.stagewright.controller.decide;

import dev.stagewright.controller.assess.StageStates;
import dev.stagewright.controller.assess.TaskState;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.StagePlan;
import java.util.Optional;

/**
 * Decides whether the worker Pod is ended because it only waits for a stage whose Pod has no room.
 * In a quota or cluster with room for one Pod, the run would never end. After the stages, another
 * worker Pod publishes the image.
 *
 * @param publish the state of publish
 */
record IdleWorkerPreemption(Observation observed, StageStates stages, TaskState publish) {
  /** The worker Pod, if it is to be ended. */
  Optional<PodFacts> pod() {
    return publish instanceof TaskState.Active(var pod) && isAlone() && holdsBack()
        ? Optional.of(pod)
        : Optional.empty();
  }

  /** Whether stages need the room that another worker Pod would take. */
  boolean holdsBack() {
    return stages.plan().stages().stream().anyMatch(this::needsRoom);
  }

  /**
   * Whether the run has no other Pod on a node, which would make room when it ends, and no stage
   * that the worker Pod executes now.
   */
  private boolean isAlone() {
    return observed.pods().stream()
            .filter(pod -> pod.task() instanceof Task.Stage && pod.isScheduled())
            .allMatch(PodFacts::hasEnded)
        && stages.plan().stages().stream()
            .filter(StagePlan::runsInWorker)
            .filter(stage -> stages.blocker(stage).isEmpty())
            .noneMatch(stage -> stages.state(stage.id()) instanceof TaskState.Active);
  }

  private boolean needsRoom(StagePlan stage) {
    var room = new StageRoom(observed);
    return !stage.runsInWorker()
        && (room.isRefusedByQuota(stage.id()) || room.isUnschedulable(stages.state(stage.id())));
  }
}
