package dev.stagewright.worker.cache.decision;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.key.FilesKey;
import dev.stagewright.cache.key.InputFiles;
import dev.stagewright.cache.key.SelectedFiles;
import dev.stagewright.cache.key.SelectionKey;
import dev.stagewright.cache.key.StageKeys;
import dev.stagewright.cache.record.StepRecord;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Step;
import dev.stagewright.worker.cache.record.RecordSource;
import dev.stagewright.worker.cache.store.CacheStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The keys under which a build is recorded, and the records that its stages continue. */
final class DecisionRecords implements RecordSource {
  private final BuildPlan plan;
  private final StageDecisions decisions;
  private final InputFiles files;
  private final CacheStore store;
  private final Map<String, StepRecord> known = new ConcurrentHashMap<>();

  /**
   * Creates the source of a build.
   *
   * @param files files that steps read
   */
  DecisionRecords(BuildPlan plan, StageDecisions decisions, InputFiles files, CacheStore store) {
    this.plan = plan;
    this.decisions = decisions;
    this.files = files;
    this.store = store;
  }

  @Override
  public Optional<CacheKey> step(StagePlan stage, int step) {
    return decisions
        .keys(stage)
        .filter(keys -> step < keys.steps().size())
        .map(keys -> keys.steps().get(step).key());
  }

  @Override
  public Optional<CacheKey> files(StagePlan stage) {
    return decisions
        .keys(stage)
        .filter(keys -> keys.isComplete(stage))
        .map(StageKeys::last)
        .map(last -> FilesKey.of(last, stage.exports()));
  }

  @Override
  public Map<String, Digest> selections(StagePlan stage) {
    var selections = new HashMap<String, Digest>();
    for (var user : plan.stages()) {
      for (var step : user.steps()) {
        switch (step) {
          case Step.Copy copy when isOf(copy.from(), stage) && !copy.sources().isEmpty() ->
              add(SelectionKey.of(copy), files.of(copy), selections);
          case Step.Run run ->
              run.surroundings()
                  .mounts()
                  .forEach(mount -> {
                    if (mount instanceof RunMount.Bind bind && isOf(bind.from(), stage)) {
                      add(SelectionKey.of(bind), files.of(bind), selections);
                    }
                  });
          case Step.Copy _, Step.Workdir _ -> {
            // Reads no files of the stage.
          }
        }
      }
    }
    return selections;
  }

  private static boolean isOf(Step.CopyFrom from, StagePlan stage) {
    return from instanceof Step.CopyFrom.Stage(var id) && id.equals(stage.id());
  }

  private static void add(
      CacheKey selection, Optional<SelectedFiles> selected, Map<String, Digest> selections) {
    selected.ifPresent(content -> selections.put(selection.hex(), content.digest()));
  }

  @Override
  public Optional<StepRecord> known(StagePlan stage) throws InterruptedException {
    var results = decisions.known(stage);
    if (results.count() == 0) {
      return Optional.empty();
    }
    if (results.record().isPresent()) {
      return results.record();
    }
    var before = Optional.ofNullable(known.get(stage.id()));
    return before.isPresent() ? before : read(stage, results);
  }

  /** Reads the record of a decision that another publish container has made. */
  private Optional<StepRecord> read(StagePlan stage, KnownResults results)
      throws InterruptedException {
    var key = step(stage, results.count() - 1);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    var record = store.step(key.get()).filter(results::areThoseOf);
    record.ifPresent(step -> known.put(stage.id(), step));
    return record;
  }
}
