package dev.stagewright.worker.cache.decision;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StagePlan;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/**
 * Looks again for records that did not exist when it was decided that stages run. Few of them show
 * that there are others: of each stage the next that is missing, and the last.
 *
 * @param plan plan of the build
 * @param made decisions that were made
 * @param lookup looks up the records
 */
record RepeatedLookup(BuildPlan plan, MadeDecisions made, RecordLookup lookup) {

  /**
   * Looks once.
   *
   * @param waiting stages that run, but have not started
   * @return whether one of the records exists now
   */
  boolean find(List<StagePlan> waiting, Duration limit) throws InterruptedException {
    var steps = new HashSet<CacheKey>();
    var files = new HashSet<CacheKey>();
    for (var stage : waiting) {
      if (isNext(stage)) {
        var wanted = made.wanted(stage, made.all());
        wanted.files().ifPresent(files::add);
        wanted.steps().stream().findFirst().ifPresent(steps::add);
        wanted.steps().reversed().stream().findFirst().ifPresent(steps::add);
      }
    }
    return !(steps.isEmpty() && files.isEmpty()) && lookup.findAgain(steps, files, limit);
  }

  /** Whether the stage waits for no other stage that waits. */
  private boolean isNext(StagePlan stage) {
    return stage.needs().stream().map(plan::stage).allMatch(made::isUnderWay);
  }
}
