package dev.stagewright.worker.cache.decision;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.key.FilesKey;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StagePlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The decisions that an earlier publish container of the run has made. The keys of later stages
 * depend on the records of the files of complete ones, which are looked up again.
 *
 * @param plan plan of the build
 * @param keys keys of the steps
 * @param lookup looks up the records
 * @param files decisions on the workspace
 */
record EarlierDecisions(
    BuildPlan plan, StageKeyFinder keys, RecordLookup lookup, DecisionFiles files) {

  /** Reads the decisions, in the order of the plan. */
  List<DecisionFiles.Made> read() throws IOException, InterruptedException {
    var all = new ArrayList<DecisionFiles.Made>();
    var decisions = new HashMap<String, Decision>();
    for (var made : files.read(plan).values()) {
      var stage = plan.stage(made.report().stage());
      var decision =
          made.decision() instanceof Decision.Complete complete
              ? withFiles(stage, complete, decisions)
              : made.decision();
      decisions.put(stage.id(), decision);
      all.add(new DecisionFiles.Made(decision, made.report(), made.hasAllLayers()));
    }
    return List.copyOf(all);
  }

  private Decision withFiles(
      StagePlan stage, Decision.Complete complete, Map<String, Decision> others)
      throws InterruptedException {
    var key = stage.exports().isEmpty() ? Optional.<CacheKey>empty() : filesKey(stage, others);
    if (key.isEmpty() || !lookup.isPossible()) {
      return complete;
    }
    lookup.find(List.of(new Decision.LookUp(Set.of(), Set.of(key.get()))));
    return new Decision.Complete(
        complete.known(), lookup.lookedUp().filesOf(key.get()), complete.millis());
  }

  private Optional<CacheKey> filesKey(StagePlan stage, Map<String, Decision> others) {
    return keys.find(stage, Decision.recordedFiles(others))
        .filter(found -> found.isComplete(stage))
        .map(found -> FilesKey.of(found.last(), stage.exports()));
  }
}
