package dev.stagewright.controller.assess;

import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.run.CacheUse;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.StagePlan;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the stages whose Pods are created later, because publish has not reported yet which of
 * their steps are cached. A stage without steps to run never needs a Pod.
 */
record PendingLookups(Observation observed, StageStates states) {
  /** The ids of these stages. */
  Set<String> ids() {
    return observed.cacheUse() == CacheUse.NONE
        ? Set.of()
        : states.plan().stages().stream()
            .filter(this::isPending)
            .map(StagePlan::id)
            .collect(Collectors.toUnmodifiableSet());
  }

  private boolean isPending(StagePlan stage) {
    return !stage.runsInWorker()
        && states.state(stage.id()) instanceof TaskState.NotStarted
        && observed.attempts(new Task.Stage(stage.id())) == 0
        && !observed.isLookedUp(stage.id())
        && !(states.hasNeeds(stage) && observed.lookupWait().isOver(stage.id()));
  }
}
