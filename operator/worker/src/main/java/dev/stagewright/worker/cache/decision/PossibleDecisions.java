package dev.stagewright.worker.cache.decision;

import dev.stagewright.protocol.BuildPlan;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Finds the decisions that are possible now: looks up records until the rule requires no more. If
 * records cannot be looked up, all stages run.
 *
 * @param plan plan of the build
 * @param keys keys of the steps
 * @param lookup looks up the records
 */
record PossibleDecisions(BuildPlan plan, StageKeyFinder keys, RecordLookup lookup) {

  /**
   * Finds the decisions.
   *
   * @param made decisions that are final, by the id of the stage
   * @param finished ids of stages whose results are on the workspace
   * @param unusable ids of stages whose records cannot be used
   * @return decisions about all stages, by the id of the stage
   */
  Map<String, Decision> find(Map<String, Decision> made, Set<String> finished, Set<String> unusable)
      throws InterruptedException {
    while (lookup.isPossible()) {
      var rule =
          new DecisionRule(plan, keys, lookup.lookedUp(), lookup.latest(), finished, unusable);
      var decisions = rule.decide(made);
      var wanted =
          decisions.values().stream()
              .filter(Decision.LookUp.class::isInstance)
              .map(Decision.LookUp.class::cast)
              .toList();
      if (wanted.isEmpty() && lookup.hasLatest()) {
        return decisions;
      }
      lookup.find(wanted);
    }
    var decisions = new HashMap<>(made);
    plan.stages().forEach(stage -> decisions.putIfAbsent(stage.id(), Decision.Run.ALL));
    return decisions;
  }
}
