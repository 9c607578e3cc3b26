package dev.stagewright.worker.cache.decision;

import dev.stagewright.cache.key.BaseKey;
import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.key.InputFiles;
import dev.stagewright.cache.key.StageKeys;
import dev.stagewright.cache.record.FilesRecord;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.worker.Log;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Computes the keys of the stages of a plan, and remembers them. Thread-safe. */
final class PlanKeys implements StageKeyFinder {
  private final BuildPlan plan;
  private final InputFiles files;
  private final Log log;
  private final Map<String, Known> known = new HashMap<>();

  /**
   * Keys that were computed before.
   *
   * @param recorded files of stages that the keys may depend on
   */
  private record Known(StageKeys keys, Map<String, FilesRecord> recorded) {
    boolean isValidWith(CacheKey base, Map<String, FilesRecord> others) {
      return keys.base().equals(base) && others.entrySet().containsAll(recorded.entrySet());
    }
  }

  /**
   * Computes keys for this plan.
   *
   * @param files files of the context, of remote sources, and of stages that have run
   */
  PlanKeys(BuildPlan plan, InputFiles files, Log log) {
    this.plan = plan;
    this.files = files;
    this.log = log;
  }

  @Override
  public synchronized Optional<StageKeys> find(StagePlan stage, Map<String, FilesRecord> recorded) {
    return BaseKey.of(plan, stage.base(), parent -> last(plan.stage(parent), recorded))
        .map(base -> find(stage, base, recorded));
  }

  private Optional<CacheKey> last(StagePlan stage, Map<String, FilesRecord> recorded) {
    return find(stage, recorded).filter(keys -> keys.isComplete(stage)).map(StageKeys::last);
  }

  private StageKeys find(StagePlan stage, CacheKey base, Map<String, FilesRecord> recorded) {
    var before = known.get(stage.id());
    var start =
        before != null && before.isValidWith(base, recorded)
            ? before.keys()
            : new StageKeys(base, List.of());
    var keys = extended(start, stage, new RecordedFiles(recorded, files));
    known.put(stage.id(), new Known(keys, recorded));
    return keys;
  }

  /** A step that reads files that cannot be read will fail, so it has no key. */
  private StageKeys extended(StageKeys start, StagePlan stage, InputFiles all) {
    try {
      return start.extended(plan, stage, all);
    } catch (UncheckedIOException e) {
      log.print("[" + stage.name() + "] the files of a step cannot be read: " + e.getMessage());
      return start;
    }
  }
}
