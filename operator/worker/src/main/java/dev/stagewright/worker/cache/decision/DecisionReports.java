package dev.stagewright.worker.cache.decision;

import dev.stagewright.cache.key.StageKeys;
import dev.stagewright.cache.miss.MissExplainer;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.StageCache;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.worker.ByteCount;
import dev.stagewright.worker.Log;
import java.util.Optional;

/**
 * Reports decisions to the operator, as frames, and to users, as lines.
 *
 * @param plan plan of the build
 * @param log the log that the operator follows
 */
record DecisionReports(BuildPlan plan, Log log) {

  /**
   * The report about a decision.
   *
   * @param keys keys of the stage, if that of its base is known
   */
  StageCache of(StagePlan stage, Decision decision, Optional<StageKeys> keys, LatestKeys latest) {
    var known = decision.known();
    if (decision instanceof Decision.Complete(var _, var files, var millis)) {
      var fileBytes = files.map(record -> record.files().size()).orElse(0L);
      return new StageCache(
          stage.id(),
          stage.steps().size(),
          true,
          millis,
          known.bytes() + fileBytes,
          Optional.empty());
    }
    var missed =
        latest
            .latest()
            .flatMap(build ->
                keys.flatMap(
                    found -> new MissExplainer(plan, build).explain(stage, found, known.count())));
    return new StageCache(stage.id(), known.count(), false, known.millis(), known.bytes(), missed);
  }

  /** Reports a decision, which is stored on the workspace. */
  void print(StagePlan stage, StageCache report) {
    if (report.complete()) {
      log.print("[" + stage.name() + "] all steps are cached" + saved(report));
    } else if (report.cached() > 0) {
      var of = report.cached() + " of " + stage.steps().size();
      log.print("[" + stage.name() + "] " + of + " steps are cached" + saved(report));
    }
    report.missed().ifPresent(reason -> log.print("[" + stage.name() + "] " + reason));
    repeat(report);
  }

  /** Reports to the operator only. */
  void repeat(StageCache report) {
    log.frame(LogFrame.Kind.CACHE, Json.write(report));
  }

  private static String saved(StageCache report) {
    return report.savedBytes() == 0 ? "" : " (" + new ByteCount(report.savedBytes()) + ")";
  }
}
