package dev.stagewright.worker.cache.decision;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StageCache;
import dev.stagewright.protocol.StagePlan;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/**
 * The decisions that were made: stored on the workspace, and reported. Until a stage has started, a
 * better decision can replace that it runs. Thread-safe.
 */
final class MadeDecisions {
  private final BuildPlan plan;
  private final StageKeyFinder keys;
  private final RecordLookup lookup;
  private final PrefixSearch prefixes;
  private final SharedKeys shared;
  private final DecisionFiles files;
  private final DecisionReports reports;
  private final Map<String, Decision> made = new ConcurrentHashMap<>();
  private final Map<String, StageCache> reported = new ConcurrentHashMap<>();
  private final Set<String> finished = ConcurrentHashMap.newKeySet();
  private final Set<String> unusable = ConcurrentHashMap.newKeySet();
  private final Set<String> withoutLayers = ConcurrentHashMap.newKeySet();
  private final Map<String, CompletableFuture<Boolean>> mustRun;

  MadeDecisions(
      BuildPlan plan,
      StageKeyFinder keys,
      RecordLookup lookup,
      PrefixSearch prefixes,
      SharedKeys shared,
      DecisionFiles files,
      DecisionReports reports) {
    this.plan = plan;
    this.keys = keys;
    this.lookup = lookup;
    this.prefixes = prefixes;
    this.shared = shared;
    this.files = files;
    this.reports = reports;
    this.mustRun =
        plan.stages().stream()
            .collect(Collectors.toUnmodifiableMap(StagePlan::id, _ -> new CompletableFuture<>()));
  }

  /** All decisions, by the id of the stage. */
  Map<String, Decision> all() {
    return Map.copyOf(made);
  }

  Optional<Decision> of(StagePlan stage) {
    return Optional.ofNullable(made.get(stage.id()));
  }

  boolean isOpen(StagePlan stage) {
    return !made.containsKey(stage.id());
  }

  /** Whether there is a decision about each stage. */
  boolean areComplete() {
    return plan.stages().stream().noneMatch(this::isOpen);
  }

  /** Ids of the stages whose results are on the workspace. */
  Set<String> finished() {
    return Set.copyOf(finished);
  }

  /** The result of a stage is on the workspace. Returns after its decision was reported. */
  synchronized void finish(StagePlan stage) {
    finished.add(stage.id());
  }

  /** Ids of the stages whose records cannot be used. */
  Set<String> unusable() {
    return Set.copyOf(unusable);
  }

  /** The records of these stages cannot be used. */
  void reject(Set<String> ids) {
    unusable.addAll(ids);
  }

  private boolean usesRecords(StagePlan stage) {
    return lookup.isPossible() && !unusable.contains(stage.id());
  }

  /** Waits for the decision about a stage. */
  boolean mustRun(StagePlan stage) throws InterruptedException {
    try {
      return decided(stage).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Makes a decision whose bytes are secured.
   *
   * @param others decisions that it depends on, by the id of the stage
   * @throws IOException if it cannot be stored
   */
  void make(StagePlan stage, Decision decision, Secured secured, Map<String, Decision> others)
      throws IOException {
    var found = keys.find(stage, Decision.recordedFiles(others));
    synchronized (this) {
      // A stage whose decision took too long was started without it. Its layers continue its own.
      var isInTime = files.begin(stage);
      if (!isInTime && !isOpen(stage)) {
        return;
      }
      var last = isInTime ? decision : Decision.Run.ALL;
      var actual = isInTime ? secured : secured.withoutImage();
      var report =
          withKeys(stage, reports.of(stage, last, found, lookup.latest()), last, others)
              .withPrefix(actual.image());
      files.write(last, actual, report);
      setLayers(stage, actual.hasAllLayers());
      if (isInTime && last instanceof Decision.Run) {
        files.end(stage);
      }
      report(stage, last, report);
    }
    if (secured.image().isEmpty()) {
      prefixes.make(stage, decision, others);
    }
  }

  private void setLayers(StagePlan stage, boolean hasAllLayers) {
    if (hasAllLayers) {
      withoutLayers.remove(stage.id());
    } else {
      withoutLayers.add(stage.id());
    }
  }

  /** Stages without a result that may request layers which are not on the workspace. */
  List<StagePlan> withoutLayers() {
    return plan.stages().stream()
        .filter(stage -> withoutLayers.contains(stage.id()) && !finished.contains(stage.id()))
        .toList();
  }

  /** All layers of known steps of a stage are on the workspace, unless it was decided anew. */
  synchronized void layersFetched(StagePlan stage, Decision decision) throws IOException {
    if (decision.equals(made.get(stage.id()))) {
      files.layersFetched(stage, decision);
      withoutLayers.remove(stage.id());
    }
  }

  /** Whether a Pod may run the image of an earlier decision, of which another one does not know. */
  boolean conflictsWithImage(StagePlan stage, Decision better) {
    var image = Optional.ofNullable(reported.get(stage.id())).flatMap(StageCache::prefix);
    return better instanceof Decision.Run
        && image.isPresent()
        && !better.known().startLike(of(stage).orElseThrow().known(), image.get().layers());
  }

  /** Repeats a decision that an earlier publish container has made. */
  synchronized void restore(DecisionFiles.Made earlier) throws IOException {
    var stage = plan.stage(earlier.report().stage());
    if (earlier.decision() instanceof Decision.Run && !files.hasStarted(stage)) {
      files.end(stage);
    }
    setLayers(stage, earlier.hasAllLayers());
    report(stage, earlier.decision(), earlier.report());
  }

  private void report(StagePlan stage, Decision decision, StageCache report) {
    reports.print(stage, report);
    reported.put(stage.id(), report);
    made.put(stage.id(), decision);
    decided(stage).complete(decision instanceof Decision.Run);
  }

  private StageCache withKeys(
      StagePlan stage, StageCache report, Decision decision, Map<String, Decision> others) {
    var decisions = new HashMap<>(others);
    decisions.put(stage.id(), decision);
    return keys.find(stage, Decision.recordedFiles(others))
        .map(found ->
            report.withKeys(
                shared.texts(wanted(stage, decisions)), shared.recorded(stage, found, decision)))
        .orElseGet(() -> report.withKeys(List.of(), List.of()));
  }

  /**
   * The records that would replace steps of a stage.
   *
   * @param decisions about all stages, by the id of the stage
   */
  SharedKeys.Wanted wanted(StagePlan stage, Map<String, Decision> decisions) {
    return stage.runsInWorker() || !usesRecords(stage)
        ? SharedKeys.Wanted.NOTHING
        : keys.find(stage, Decision.recordedFiles(decisions))
            .map(found -> shared.wanted(stage, found, decisions))
            .orElse(SharedKeys.Wanted.NOTHING);
  }

  /** Whether a stage runs, but has not started, and could use records. */
  boolean mayChange(StagePlan stage) {
    return !stage.runsInWorker()
        && made.get(stage.id()) instanceof Decision.Run
        && !finished.contains(stage.id())
        && !unusable.contains(stage.id())
        && !files.hasStarted(stage);
  }

  /** Whether the stage has started, or never will. */
  boolean isUnderWay(StagePlan stage) {
    return stage.runsInWorker()
        || made.get(stage.id()) instanceof Decision.Complete
        || finished.contains(stage.id())
        || files.hasStarted(stage);
  }

  /**
   * Reports the keys of stages that run again if they have changed, since more of their inputs are
   * known now, or records cannot be read or written any more.
   *
   * @param decisions about all stages, by the id of the stage
   */
  synchronized void reportKeys(Map<String, Decision> decisions) throws IOException {
    for (var stage : plan.stages()) {
      var before = reported.get(stage.id());
      if (before != null
          && made.get(stage.id()) instanceof Decision.Run run
          && !stage.runsInWorker()
          && !finished.contains(stage.id())) {
        var now = withKeys(stage, before, run, decisions);
        var after =
            before.withKeys(
                files.hasStarted(stage)
                        || (usesRecords(stage) && !isMore(before.wanted(), now.wanted()))
                    ? before.wanted()
                    : now.wanted(),
                shared.writes().getAsBoolean() && !isMore(before.recorded(), now.recorded())
                    ? before.recorded()
                    : now.recorded());
        if (!after.equals(before)) {
          files.write(after);
          reports.repeat(after);
          reported.put(stage.id(), after);
        }
      }
    }
  }

  /** A container that was restarted may know fewer inputs, since a record is gone. */
  private static boolean isMore(List<String> before, List<String> now) {
    return now.size() > before.size() && now.containsAll(before);
  }

  private CompletableFuture<Boolean> decided(StagePlan stage) {
    return Optional.ofNullable(mustRun.get(stage.id())).orElseThrow();
  }
}
