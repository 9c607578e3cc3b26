package dev.stagewright.controller.observe;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.RunRecord;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.podstatus.WaitingReason.Known;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.CacheUse;
import dev.stagewright.controller.run.Task;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StageCache;
import dev.stagewright.protocol.StageOutcome;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The state of a run at one time, which is the only input of a decision.
 *
 * @param spec that the run builds
 * @param isCancelled whether the annotation {@code stagewright.dev/cancel} names this run
 * @param previous the last status of this run; empty at its start
 * @param pods of the run, of all attempts
 * @param requestedCache how the request uses the cache; empty if its ConfigMap does not exist
 * @param ignoreRecords whether a run that starts now ignores existing records of the cache
 * @param workspace the PersistentVolumeClaim of the workspace, if it exists
 * @param cacheClaim the claim for cache mounts
 * @param plan whether the plan is known, and where from
 * @param logs what the logs of the containers contain
 * @param superseded objects of earlier runs that exist and are not being deleted
 * @param own objects of the run that are not being deleted
 * @param kept why the ImageBuild must not be deleted when its time is over; empty if it may be
 * @param earlierPodsPublish whether a Pod of an earlier run may still move tags
 * @param rejections objects that the API server refused to create: Pods by {@link Task#pod}, others
 *     by name
 * @param awaitedBuilds what stages wait for whose instructions another build runs, by id
 * @param history records of earlier runs for the status, the latest first
 * @param pullSecrets supplies the names of the image pull secrets of the Pods' ServiceAccount; only
 *     called if a Pod is created
 * @param outputConfigMap supplies the ConfigMap of {@code spec.output.configMap}, if it exists;
 *     only called at the start of a run
 */
public record Observation(
    BuildRun run,
    ImageBuildSpec spec,
    boolean isCancelled,
    Optional<ImageBuildStatus> previous,
    List<PodFacts> pods,
    Optional<CacheUse> requestedCache,
    boolean ignoreRecords,
    Optional<PersistentVolumeClaim> workspace,
    CacheClaim cacheClaim,
    PlanLookup plan,
    RunLogs logs,
    List<HasMetadata> superseded,
    List<HasMetadata> own,
    Optional<String> kept,
    boolean earlierPodsPublish,
    Map<String, Rejection> rejections,
    Map<String, AwaitedBuild> awaitedBuilds,
    List<RunRecord> history,
    Instant now,
    Supplier<List<String>> pullSecrets,
    Supplier<Optional<ConfigMap>> outputConfigMap) {

  /** Whether the plan of a run is known, and where from. */
  public sealed interface PlanLookup {
    /** The plan, if it is known. */
    default Optional<BuildPlan> known() {
      return switch (this) {
        case Stored(var stored, _) -> Optional.of(stored);
        case Printed(var printed, _, _) -> Optional.of(printed);
        case Unknown _, LogUnavailable _, Missing _ -> Optional.empty();
      };
    }

    /** The plan is not known, because prepare is not done. */
    record Unknown() implements PlanLookup {}

    /**
     * The plan is stored in its ConfigMap.
     *
     * @param digest of the JSON
     */
    record Stored(BuildPlan plan, Digest digest) implements PlanLookup {}

    /**
     * The plan is in the log of prepare, and its digest is correct. If prepare has ended, prepare
     * has reported this digest; otherwise, prepare may still fail or report another one.
     *
     * @param digest of the JSON
     */
    record Printed(BuildPlan plan, String json, Digest digest) implements PlanLookup {}

    /**
     * Prepare is done, but its log cannot be read at the moment.
     *
     * @param why message of the API server
     */
    record LogUnavailable(String why) implements PlanLookup {}

    /** Prepare is done, but its log does not contain the plan. */
    record Missing() implements PlanLookup {}
  }

  /** The plan, if it is known. */
  public Optional<BuildPlan> knownPlan() {
    return plan.known();
  }

  /** Whether the ConfigMap with the request exists. */
  public boolean hasRequest() {
    return requestedCache.isPresent();
  }

  /** How the run uses the cache, according to its request. */
  public CacheUse cacheUse() {
    return requestedCache.orElse(CacheUse.NONE);
  }

  /** Whether the claim of the workspace exists. */
  public boolean hasWorkspace() {
    return workspace.isPresent();
  }

  /** The Pod of the task's latest attempt. */
  public Optional<PodFacts> latest(Task task) {
    return pods.stream()
        .filter(pod -> pod.task().equals(task))
        .max(Comparator.comparingInt(PodFacts::attempt));
  }

  /** The number of Pods that a task has had so far. */
  public int attempts(Task task) {
    var recorded = previous.map(status -> status.attempts().getOrDefault(task.pod(), 0)).orElse(0);
    return Math.max(recorded, latest(task).map(PodFacts::attempt).orElse(0));
  }

  /** Whether the run has had a Pod, or has ended. */
  public boolean hasStarted() {
    return !pods.isEmpty()
        || previous.map(status -> !status.attempts().isEmpty() || status.hasEnded()).orElse(false);
  }

  /** The result of a stage, which publish has read in the workspace. */
  public Optional<StageOutcome> stageResult(String id) {
    return pods.stream()
        .filter(pod -> pod.task().equals(new Task.Publish()))
        .flatMap(pod -> logs.worker(pod).stream())
        .flatMap(log -> Optional.ofNullable(log.stages().get(id)).stream())
        .findFirst();
  }

  /** What the latest publish container has found in the cache for a stage. */
  public Optional<StageCache> stageCache(String id) {
    return latest(new Task.Publish())
        .flatMap(logs::worker)
        .flatMap(log -> Optional.ofNullable(log.caches().get(id)));
  }

  /**
   * Whether it is known which steps of a stage are cached. A report that an earlier publish
   * container made remains true, since it describes files on the workspace. But a stage that waits
   * for another build needs its latest report.
   */
  public boolean isLookedUp(String id) {
    return stageCache(id).isPresent()
        || previous.stream()
            .flatMap(status -> status.stages().stream())
            .filter(stage -> !Known.WaitsForBuild.name().equals(stage.reason()))
            .anyMatch(stage -> stage.id().equals(id) && stage.cached() != null);
  }

  /** How long the run has waited for what publish finds in the cache. */
  public LookupWait lookupWait() {
    return new LookupWait(previous, latest(new Task.Publish()), now);
  }

  /** When the run started. */
  public Instant startedAt() {
    return previous
        .flatMap(status -> Optional.ofNullable(status.startTime()))
        .map(Instant::parse)
        .orElse(now);
  }

  /** The latest start of the run, creation of a Pod, or end of a Pod. */
  public Instant quietSince() {
    return pods.stream()
        .flatMap(pod -> Stream.concat(Stream.of(pod.createdAt()), pod.finishedAt().stream()))
        .reduce(startedAt(), (one, other) -> one.isAfter(other) ? one : other);
  }

  /** The same observation, with objects that the API server refused to create. */
  public Observation withRefusals(Map<String, Rejection> refused) {
    return with(Map.copyOf(refused), awaitedBuilds);
  }

  /** The same observation, with what stages wait for. */
  public Observation withAwaitedBuilds(Map<String, AwaitedBuild> awaited) {
    return with(rejections, Map.copyOf(awaited));
  }

  private Observation with(Map<String, Rejection> refused, Map<String, AwaitedBuild> awaited) {
    return new Observation(
        run,
        spec,
        isCancelled,
        previous,
        pods,
        requestedCache,
        ignoreRecords,
        workspace,
        cacheClaim,
        plan,
        logs,
        superseded,
        own,
        kept,
        earlierPodsPublish,
        refused,
        awaited,
        history,
        now,
        pullSecrets,
        outputConfigMap);
  }
}
