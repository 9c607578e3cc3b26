package dev.stagewright.controller.decide;

import dev.stagewright.controller.assess.TaskState;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.Rejection;
import dev.stagewright.controller.podstatus.PodState;
import java.time.Duration;
import java.util.Optional;

/** Finds out whether the Pod of a stage has no room: in a quota, or on any node. */
record StageRoom(Observation observed) {
  /** How long to wait for other Pods to end and make room. */
  private static final Duration UNSCHEDULABLE_FOR = Duration.ofSeconds(10);

  /** Whether a quota refuses the Pod of the stage with this id. */
  boolean isRefusedByQuota(String id) {
    return Optional.ofNullable(observed.rejections().get(id))
        .filter(Rejection::isOfQuota)
        .isPresent();
  }

  /** Whether the Pod of a stage in this state has waited for a node for too long. */
  boolean isUnschedulable(TaskState state) {
    return state instanceof TaskState.Active(var pod)
        && pod.state() instanceof PodState.Pending(var scheduled, var since, var cause)
        && !scheduled
        && cause.isPresent()
        && observed.now().isAfter(since.plus(UNSCHEDULABLE_FOR));
  }
}
