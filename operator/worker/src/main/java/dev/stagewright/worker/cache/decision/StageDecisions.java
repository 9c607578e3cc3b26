package dev.stagewright.worker.cache.decision;

import dev.stagewright.cache.key.InputFiles;
import dev.stagewright.cache.key.LatestKey;
import dev.stagewright.cache.key.StageKeys;
import dev.stagewright.cache.record.LatestRecord;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.CacheRequest;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.cache.record.RecordSource;
import dev.stagewright.worker.cache.record.RecordedSteps;
import dev.stagewright.worker.cache.store.CacheStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Decides for each stage of a build which of its first steps do not run, since their results are in
 * the cache. A decision is reported only when its bytes are where they are needed: the stage, which
 * may run in another Pod, acts on it. That a stage runs can change until it starts, because other
 * builds may run the same steps now. Thread-safe.
 */
public final class StageDecisions {
  private final BuildPlan plan;
  private final StageKeyFinder keys;
  private final RecordLookup lookup;
  private final SecuredBytes bytes;
  private final DecisionFiles files;
  private final Log log;
  private final MadeDecisions made;
  private final DecisionRounds rounds;

  StageDecisions(
      BuildPlan plan,
      StageKeyFinder keys,
      RecordLookup lookup,
      SecuredBytes bytes,
      DecisionFiles files,
      PrefixImages images,
      SharedKeys shared,
      Log log) {
    this.plan = plan;
    this.keys = keys;
    this.lookup = lookup;
    this.bytes = bytes;
    this.files = files;
    this.log = log;
    var prefixes = new PrefixSearch(keys, images);
    this.made =
        new MadeDecisions(
            plan, keys, lookup, prefixes, shared, files, new DecisionReports(plan, log));
    this.rounds = new DecisionRounds(plan, keys, lookup, bytes, files, prefixes, made, log);
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
            : new RecordLookup(store, latest, DecisionRounds.LIMIT, log),
        new SecuredBytes(plan, new CachedBlobs(workspace, store), image),
        new DecisionFiles(workspace),
        prefixes,
        new SharedKeys(
            plan,
            store.repository(),
            new RecordedSteps(
                plan, request.cache().map(CacheRequest::mode).orElse(CacheRequest.Mode.MAX)),
            store::isWritable),
        log);
  }

  /** The keys of a stage, as far as its inputs are known; empty if the key of its base is not. */
  public Optional<StageKeys> keys(StagePlan stage) {
    return keys.find(stage, Decision.recordedFiles(made.all()));
  }

  /** Whether nothing of a stage runs, which is not known as long as nothing is decided about it. */
  public boolean isComplete(StagePlan stage) {
    return made.of(stage).filter(Decision.Complete.class::isInstance).isPresent();
  }

  /** The known steps of a stage; none as long as nothing is decided about it. */
  KnownResults known(StagePlan stage) {
    return made.of(stage).map(Decision::known).orElse(KnownResults.NONE);
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

  /** Whether it is known if there is such a record. */
  public boolean isLatestKnown() {
    return lookup.isLatestKnown();
  }

  /** The number of first steps of a stage whose results are known without running them. */
  public int knownSteps(StagePlan stage) {
    return known(stage).count();
  }

  /** Whether the decisions about all stages are made. */
  public boolean areAllMade() {
    return made.areComplete();
  }

  /**
   * Waits for the decision about a stage.
   *
   * @return whether it has to run
   */
  public boolean mustRun(StagePlan stage) throws InterruptedException {
    return made.mustRun(stage);
  }

  /** The result of a stage is on the workspace. Returns after its decision was reported. */
  public void finished(StagePlan stage) {
    made.finish(stage);
  }

  /** Whether stages may still request layers, see {@link #provideLayers}. */
  public boolean mayRequestLayers() {
    return plan.stages().stream().anyMatch(stage -> !stage.runsInWorker() && mustRunStill(stage));
  }

  private boolean mustRunStill(StagePlan stage) {
    return !isComplete(stage) && !made.finished().contains(stage.id());
  }

  /**
   * Fetches the layers of known steps for stages that cannot start from their image.
   *
   * @throws IOException if that is not possible any more
   */
  public void provideLayers() throws IOException, InterruptedException {
    new RequestedLayers(made, bytes.blobs(), files, log).provide();
  }

  /** Whether a decision may still change: not all stages have started. */
  public boolean mayChange() {
    return !plan.stages().stream().allMatch(made::isUnderWay);
  }

  /**
   * Makes all decisions that are possible now: at the start, and after results of stages have
   * arrived.
   *
   * @throws IOException if a decision cannot be stored
   */
  public void decide() throws IOException, InterruptedException {
    rounds.decide();
  }

  /**
   * Decides anew about stages that have not started, if another build has written records in the
   * meantime that replace steps of theirs.
   *
   * @throws IOException if a decision cannot be stored
   */
  public void lookAgain() throws IOException, InterruptedException {
    rounds.lookAgain();
  }

  /**
   * Repeats what an earlier publish container of this run has decided and reported.
   *
   * @throws IOException if its decisions cannot be read
   */
  public void restore() throws IOException, InterruptedException {
    rounds.restore();
  }
}
