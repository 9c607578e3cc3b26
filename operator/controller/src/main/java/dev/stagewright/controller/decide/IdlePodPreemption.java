package dev.stagewright.controller.decide;

import dev.stagewright.controller.assess.StageStates;
import dev.stagewright.controller.assess.TaskState;
import dev.stagewright.controller.logs.LogTail;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.protocol.StagePlan;
import java.util.List;
import java.util.Optional;

/**
 * Finds Pods to preempt: each waits for a stage that has lost its own Pod and cannot get another
 * one. In a quota or cluster with room for one Pod, neither stage would ever end.
 *
 * <p>The stage of a preempted Pod starts again after the stage that it waits for has a Pod. Its
 * work so far is lost, so only Pods that do nothing but wait are preempted.
 */
record IdlePodPreemption(Observation observed, StageStates stages) {
  /** The Pods to preempt. */
  List<PodFacts> pods() {
    return stages.plan().stages().stream().flatMap(stage -> idle(stage).stream()).toList();
  }

  private Optional<PodFacts> idle(StagePlan stage) {
    return stages.state(stage.id()) instanceof TaskState.Active(var pod)
            && !pod.isStopping()
            && awaitedStage(pod).filter(name -> needsRoom(stage, name)).isPresent()
        ? Optional.of(pod)
        : Optional.empty();
  }

  private Optional<String> awaitedStage(PodFacts pod) {
    return observed.logs().tail(pod).flatMap(LogTail::awaitedStage);
  }

  private boolean needsRoom(StagePlan waiting, String awaited) {
    return waiting.needs().stream()
        .filter(id -> stages.plan().stage(id).name().equals(awaited))
        .anyMatch(this::needsRoom);
  }

  private boolean needsRoom(String id) {
    var room = new StageRoom(observed);
    return switch (stages.state(id)) {
      case TaskState.Retrying _ -> room.isRefusedByQuota(id);
      case TaskState.Active active -> room.isUnschedulable(active);
      case TaskState.NotStarted _, TaskState.Done _, TaskState.Failed _ -> false;
    };
  }
}
