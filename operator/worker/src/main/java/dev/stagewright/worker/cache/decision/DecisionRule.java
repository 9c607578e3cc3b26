package dev.stagewright.worker.cache.decision;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.key.FilesKey;
import dev.stagewright.cache.key.StageKeys;
import dev.stagewright.cache.key.StepKey;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides what happens to each stage, from the keys of its steps and the records that were looked
 * up. Without I/O: a decision may be to look up more records first.
 *
 * @param plan plan of the build
 * @param keys keys of the steps
 * @param lookedUp records that were looked up
 * @param latest keys of the latest build
 * @param finished ids of stages whose results are on the workspace
 * @param unusable ids of stages whose records cannot be used
 */
record DecisionRule(
    BuildPlan plan,
    StageKeyFinder keys,
    LookedUp lookedUp,
    LatestKeys latest,
    Set<String> finished,
    Set<String> unusable) {

  /**
   * Decides about all stages.
   *
   * @param made decisions that are final, by the id of the stage
   * @return the decisions by the id of the stage, in the order of the plan
   */
  Map<String, Decision> decide(Map<String, Decision> made) {
    var decisions = new LinkedHashMap<String, Decision>();
    for (var stage : plan.stages()) {
      var decision = made.get(stage.id());
      decisions.put(stage.id(), decision == null ? decide(stage, decisions) : decision);
    }
    new UnneededStages(plan).complete(decisions, made.keySet());
    return decisions;
  }

  private Decision decide(StagePlan stage, Map<String, Decision> others) {
    if (finished.contains(stage.id()) || unusable.contains(stage.id())) {
      return Decision.Run.ALL;
    }
    var known = keys.find(stage, Decision.recordedFiles(others));
    if (known.isEmpty()) {
      return whileBaseIsOpen(stage, others).orElse(Decision.Run.ALL);
    }
    if (isNextStepOpen(stage, known.get(), others)) {
      return Decision.LookUp.LATER;
    }
    return ofFilesAlone(stage, known.get(), others)
        .or(() -> whileBaseIsOpen(stage, others))
        .orElseGet(() -> ofSteps(stage, known.get(), others));
  }

  /** Whether the key of the next step depends on records of another stage. */
  private static boolean isNextStepOpen(
      StagePlan stage, StageKeys known, Map<String, Decision> others) {
    return !known.isComplete(stage)
        && StageReads.inputs(stage.steps().get(known.steps().size())).stream()
            .anyMatch(id -> others.get(id) instanceof Decision.LookUp);
  }

  /**
   * The decision about a stage that is only copied from: its files are enough, whatever is known
   * about its steps and its base.
   */
  private Optional<Decision> ofFilesAlone(
      StagePlan stage, StageKeys known, Map<String, Decision> others) {
    var key = filesKey(stage, known);
    if (stage.snapshot() || key.isEmpty()) {
      return Optional.empty();
    }
    if (!lookedUp.hasFiles(key.get())) {
      return Optional.of(new Decision.LookUp(Set.of(), Set.of(key.get())));
    }
    return lookedUp
        .filesOf(key.get())
        .map(files ->
            new Decision.Complete(
                KnownResults.NONE,
                Optional.of(files),
                Math.max(0, files.totalMillis() - base(stage, others).belowMillis())));
  }

  /** The key of the files that other stages copy; empty if none does, or if it is not known yet. */
  static Optional<CacheKey> filesKey(StagePlan stage, StageKeys known) {
    return stage.exports().isEmpty() || !known.isComplete(stage)
        ? Optional.empty()
        : Optional.of(FilesKey.of(known.last(), stage.exports()));
  }

  /**
   * The decision about a stage whose base is a stage that runs, or about which nothing is decided.
   */
  private Optional<Decision> whileBaseIsOpen(StagePlan stage, Map<String, Decision> others) {
    if (!(stage.base() instanceof StageBase.Stage(var parent))) {
      return Optional.empty();
    }
    return switch (others.get(parent)) {
      case Decision.Complete _ -> Optional.empty();
      case Decision.LookUp _ -> Optional.of(Decision.LookUp.LATER);
      case Decision.Wait _ -> Optional.of(new Decision.Wait(KnownResults.NONE, Set.of(parent)));
      case Decision.Run _ -> Optional.of(Decision.Run.ALL);
      case null -> throw new IllegalStateException("stage " + parent + " is not before its use");
    };
  }

  private Decision ofSteps(StagePlan stage, StageKeys known, Map<String, Decision> others) {
    var files = filesKey(stage, known);
    var steps = new StepRecordSearch(layerKeys(stage, known), base(stage, others), lookedUp);
    var missingFiles = files.filter(key -> !lookedUp.hasFiles(key)).map(Set::of).orElse(Set.of());
    if (!steps.toLookUp().isEmpty() || !missingFiles.isEmpty()) {
      return new Decision.LookUp(steps.toLookUp(), missingFiles);
    }
    var first = steps.known();
    if (stage.snapshot() && first.count() == stage.steps().size()) {
      var record = files.flatMap(lookedUp::filesOf);
      if (stage.exports().isEmpty() || record.isPresent()) {
        return new Decision.Complete(first, record, first.millis());
      }
    }
    var awaited = awaited(stage, known, first, others);
    return awaited.isEmpty() ? new Decision.Run(first) : new Decision.Wait(first, awaited);
  }

  /**
   * The keys of the known steps that may have records, also if this build does not write any. Of a
   * stage that is only copied from, the files are recorded instead of the last step.
   */
  static List<CacheKey> layerKeys(StagePlan stage, StageKeys known) {
    var layers = stage.steps().size() - (stage.snapshot() ? 0 : 1);
    return known.steps().stream().limit(Math.max(0, layers)).map(StepKey::key).toList();
  }

  /** No known steps on the base of a stage, which is complete if it is a stage. */
  private static KnownResults base(StagePlan stage, Map<String, Decision> others) {
    return stage.base() instanceof StageBase.Stage(var parent)
            && others.get(parent) instanceof Decision.Complete complete
        ? KnownResults.noneOn(complete.known())
        : KnownResults.NONE;
  }

  /**
   * Stages that the next step reads, if it is worth waiting for them: the step does not run if they
   * have the same files as in the latest build.
   */
  private Set<String> awaited(
      StagePlan stage, StageKeys known, KnownResults first, Map<String, Decision> others) {
    if (known.isComplete(stage)) {
      return Set.of();
    }
    var next = known.steps().size();
    var isEarlierStepMissing = first.count() < next && plan.layerCount(stage) > 0;
    var step = stage.steps().get(next);
    if (isEarlierStepMissing || !latest.contains(step, known.last())) {
      return Set.of();
    }
    return StageReads.inputs(step).stream()
        .filter(id -> !finished.contains(id))
        .filter(id -> !(others.get(id) instanceof Decision.Complete))
        .collect(Collectors.toUnmodifiableSet());
  }
}
