package dev.stagewright.worker.cache.decision;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StagePlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds stages that do not have to run although they have no records: all stages that need them are
 * complete.
 *
 * @param plan plan of the build
 */
record UnneededStages(BuildPlan plan) {

  /**
   * Completes such stages.
   *
   * @param decisions decisions by the id of the stage
   * @param made ids of stages whose decisions are final
   */
  void complete(Map<String, Decision> decisions, Set<String> made) {
    for (var stage : plan.stages().reversed()) {
      if (!made.contains(stage.id())
          && !(decisions.get(stage.id()) instanceof Decision.Complete)
          && isUnneeded(stage, decisions)) {
        decisions.put(stage.id(), new Decision.Complete(KnownResults.NONE, Optional.empty(), 0));
      }
    }
  }

  private boolean isUnneeded(StagePlan stage, Map<String, Decision> decisions) {
    return !plan.chain().contains(stage)
        && users(stage).stream()
            .allMatch(user -> decisions.get(user.id()) instanceof Decision.Complete);
  }

  private List<StagePlan> users(StagePlan stage) {
    return plan.stages().stream().filter(user -> user.needs().contains(stage.id())).toList();
  }
}
