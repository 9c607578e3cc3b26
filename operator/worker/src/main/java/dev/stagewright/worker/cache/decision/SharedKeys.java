package dev.stagewright.worker.cache.decision;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.key.StageKeys;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.worker.cache.record.RecordedSteps;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Finds the keys of records that a stage that runs has in common with builds that run at the same
 * time: what it would take from them, and what it gives.
 *
 * @param plan plan of the build
 * @param repository repository of the records
 * @param steps steps whose results are recorded
 * @param writes whether records can be written
 */
record SharedKeys(
    BuildPlan plan, ImageReference repository, RecordedSteps steps, BooleanSupplier writes) {
  /** Long enough for the stages of all builds at one time; equal prefixes only cost time. */
  private static final int LENGTH = 16;

  /**
   * Records that do not exist, and would replace steps of a stage.
   *
   * @param steps keys of steps, in order
   * @param files key of the files that other stages copy
   */
  record Wanted(List<CacheKey> steps, Optional<CacheKey> files) {
    static final Wanted NOTHING = new Wanted(List.of(), Optional.empty());
  }

  /** The records that would replace steps of a stage about which this was decided. */
  Wanted wanted(StagePlan stage, StageKeys keys, Map<String, Decision> decisions) {
    if (!(decisions.get(stage.id()) instanceof Decision.Run run)) {
      return Wanted.NOTHING;
    }
    // The layers of a stage continue those of the stage that it is based on, from the same run.
    var usesSteps =
        !(stage.base() instanceof StageBase.Stage(var parent))
            || decisions.get(parent) instanceof Decision.Complete;
    var missing =
        usesSteps
            ? DecisionRule.layerKeys(stage, keys).stream().skip(run.known().count()).toList()
            : List.<CacheKey>of();
    return new Wanted(missing, DecisionRule.filesKey(stage, keys));
  }

  /** The records that are written while and after a stage runs. */
  List<String> recorded(StagePlan stage, StageKeys keys, Decision decision) {
    if (!(decision instanceof Decision.Run run) || !writes.getAsBoolean()) {
      return List.of();
    }
    var all = new ArrayList<CacheKey>();
    IntStream.range(run.known().count(), Math.min(plan.layerCount(stage), keys.steps().size()))
        .filter(step -> steps.includes(stage, step))
        .forEach(step -> all.add(keys.steps().get(step).key()));
    DecisionRule.filesKey(stage, keys).ifPresent(all::add);
    return all.stream().map(this::text).toList();
  }

  /** The keys for the operator, which does not know the repository. */
  List<String> texts(Wanted wanted) {
    var all = new ArrayList<>(wanted.steps());
    wanted.files().ifPresent(all::add);
    return all.stream().map(this::text).toList();
  }

  private String text(CacheKey key) {
    var bytes = (repository.name() + "\n" + key.hex()).getBytes(StandardCharsets.UTF_8);
    return Digest.of(bytes).hex().substring(0, LENGTH);
  }
}
