package dev.stagewright.worker.cache.decision;

import dev.stagewright.cache.key.InputFiles;
import dev.stagewright.cache.key.LatestKey;
import dev.stagewright.cache.key.StageKeys;
import dev.stagewright.cache.key.StepKey;
import dev.stagewright.cache.record.LatestRecord;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.CacheRequest;
import dev.stagewright.protocol.PrefixImage;
import dev.stagewright.protocol.StageCache;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.cache.record.RecordSource;
import dev.stagewright.worker.cache.store.CacheStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/**
 * Decides for each stage of a build which of its first steps do not run, since their results are in
 * the cache. A decision is final once it is reported: its bytes are where they are needed, and the
 * stage, which may run in another Pod, acts on it. Thread-safe.
 */
public final class StageDecisions {
  /** A registry that is slow, or does not answer, delays a build by at most this time. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final BuildPlan plan;
  private final StageKeyFinder keys;
  private final RecordLookup lookup;
  private final SecuredBytes bytes;
  private final DecisionFiles files;
  private final DecisionReports reports;
  private final PrefixImages prefixes;
  private final Log log;
  private final Map<String, Decision> made = new ConcurrentHashMap<>();
  private final Set<String> finished = ConcurrentHashMap.newKeySet();
  private final Set<String> unusable = ConcurrentHashMap.newKeySet();
  private final Map<String, CompletableFuture<Boolean>> mustRun;
  private final Object reporting = new Object();
  private boolean started;

  StageDecisions(
      BuildPlan plan,
      StageKeyFinder keys,
      RecordLookup lookup,
      SecuredBytes bytes,
      DecisionFiles files,
      PrefixImages prefixes,
      Log log) {
    this.plan = plan;
    this.keys = keys;
    this.lookup = lookup;
    this.bytes = bytes;
    this.files = files;
    this.prefixes = prefixes;
    this.reports = new DecisionReports(plan, log);
    this.log = log;
    this.mustRun =
        plan.stages().stream()
            .collect(Collectors.toUnmodifiableMap(StagePlan::id, _ -> new CompletableFuture<>()));
  }

  /**
   * Decides for a build.
   *
   * @param store records and blobs of the cache
   * @param files files that steps read
   * @param workspace root of the workspace
   * @param image brings layers of the cache into the repositories of the image
   * @param prefixes images that stages with known steps can start from
   */
  public static StageDecisions create(
      BuildRequest request,
      BuildPlan plan,
      CacheStore store,
      InputFiles files,
      Path workspace,
      ImageRepositories image,
      PrefixImages prefixes,
      Log log) {
    var latest = LatestKey.of(request);
    return new StageDecisions(
        plan,
        new PlanKeys(plan, files, log),
        request.cache().filter(CacheRequest::ignoreRecords).isPresent()
            ? RecordLookup.nothing(store, latest, log)
            : new RecordLookup(store, latest, LIMIT, log),
        new SecuredBytes(plan, new CachedBlobs(workspace, store), image),
        new DecisionFiles(workspace),
        prefixes,
        log);
  }

  /** The keys of a stage, as far as its inputs are known; empty if the key of its base is not. */
  public Optional<StageKeys> keys(StagePlan stage) {
    return keys.find(stage, Decision.recordedFiles(made));
  }

  /** Whether nothing of a stage runs, which is not known as long as nothing is decided about it. */
  public boolean isComplete(StagePlan stage) {
    return made.get(stage.id()) instanceof Decision.Complete;
  }

  /** The known steps of a stage; none as long as nothing is decided about it. */
  KnownResults known(StagePlan stage) {
    return Optional.ofNullable(made.get(stage.id())).map(Decision::known).orElse(KnownResults.NONE);
  }

  /**
   * The keys under which the build is recorded, and the records that its stages continue.
   *
   * @param read files that steps read
   */
  public RecordSource records(InputFiles read, CacheStore store) {
    return new DecisionRecords(plan, this, read, store);
  }

  /** The record of the latest build, if it was looked up. */
  public Optional<LatestRecord> latest() {
    return lookup.latest().latest();
  }

  /** Whether the decisions about all stages are made. */
  public boolean areAllMade() {
    return made.size() == plan.stages().size();
  }

  /**
   * Waits for the decision about a stage.
   *
   * @return whether it has to run
   */
  public boolean mustRun(StagePlan stage) throws InterruptedException {
    try {
      return decided(stage).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The result of a stage is on the workspace. Returns after its decision was reported. */
  public void finished(StagePlan stage) {
    synchronized (reporting) {
      finished.add(stage.id());
    }
  }

  /**
   * Makes all decisions that are possible now: at the start, and after results of stages have
   * arrived.
   *
   * @throws IOException if a decision cannot be stored
   */
  public synchronized void decide() throws IOException, InterruptedException {
    restore();
    while (!areAllMade()) {
      var decisions =
          new PossibleDecisions(plan, keys, lookup)
              .find(Map.copyOf(made), Set.copyOf(finished), Set.copyOf(unusable));
      makeWithoutKnownSteps(decisions);
      var open = plan.stages().stream().filter(this::isOpen).toList();
      var failed =
          new SecuringRound(
                  plan,
                  decisions,
                  bytes,
                  (stage, decision, exports) -> make(stage, decision, exports, decisions),
                  log)
              .run(open);
      if (failed.isEmpty()) {
        return;
      }
      unusable.addAll(failed);
    }
  }

  /** A stage without known steps does not wait for the bytes of others. */
  private void makeWithoutKnownSteps(Map<String, Decision> decisions)
      throws IOException, InterruptedException {
    for (var stage : plan.stages()) {
      if (isOpen(stage)
          && decisions.get(stage.id()) instanceof Decision.Run run
          && run.known().count() == 0) {
        make(stage, run, Optional.empty(), decisions);
      }
    }
  }

  /**
   * Repeats what an earlier publish container of this run has decided and reported.
   *
   * @throws IOException if its decisions cannot be read
   */
  public synchronized void restore() throws IOException, InterruptedException {
    if (started) {
      return;
    }
    started = true;
    plan.stages().stream().filter(files::hasResult).forEach(this::finished);
    for (var earlier : new EarlierDecisions(plan, keys, lookup, files).read()) {
      report(plan.stage(earlier.report().stage()), earlier.decision(), earlier.report());
    }
  }

  private void make(
      StagePlan stage,
      Decision decision,
      Optional<StageResult.Exports> exports,
      Map<String, Decision> others)
      throws IOException, InterruptedException {
    var found = keys.find(stage, Decision.recordedFiles(others));
    var known = found.flatMap(all -> knownSteps(stage, decision, all));
    var prefix = known.isPresent() ? prefixes.find(known.get()) : Optional.<PrefixImage>empty();
    synchronized (reporting) {
      // A stage whose decision took too long was started without it. Its layers continue its own.
      var isLate = files.hasStarted(stage);
      var last = isLate ? Decision.Run.ALL : decision;
      var report =
          reports
              .of(stage, last, found, lookup.latest())
              .withPrefix(isLate ? Optional.empty() : prefix);
      files.write(last, exports, report);
      report(stage, last, report);
    }
    if (prefix.isEmpty()) {
      known.ifPresent(prefixes::make);
    }
  }

  /** What an image for the Pod of a stage would contain; empty if it needs none. */
  private static Optional<PrefixImages.Known> knownSteps(
      StagePlan stage, Decision decision, StageKeys keys) {
    var count = decision.known().count();
    if (!(decision instanceof Decision.Run) || count == 0 || stage.runsInWorker()) {
      return Optional.empty();
    }
    return Optional.of(
        new PrefixImages.Known(
            stage,
            decision.known().all(),
            keys.steps().stream().limit(count).map(StepKey::key).toList()));
  }

  private void report(StagePlan stage, Decision decision, StageCache report) {
    reports.print(stage, report);
    made.put(stage.id(), decision);
    decided(stage).complete(decision instanceof Decision.Run);
  }

  private boolean isOpen(StagePlan stage) {
    return !made.containsKey(stage.id());
  }

  private CompletableFuture<Boolean> decided(StagePlan stage) {
    return Optional.ofNullable(mustRun.get(stage.id())).orElseThrow();
  }
}
