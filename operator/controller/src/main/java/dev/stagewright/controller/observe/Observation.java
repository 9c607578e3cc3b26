package dev.stagewright.controller.observe;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.RunRecord;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.FailureReason;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * All that is known of a run at one moment; decisions are made from this alone.
 *
 * @param run which one
 * @param spec what it builds
 * @param previous the status that was written last for this very run; empty at its start
 * @param pods the run's Pods, of every attempt
 * @param hasRequest whether the request's ConfigMap is there
 * @param workspace the claim; empty until it is there
 * @param cacheOnOneNode whether the build has a cache claim that one node can mount at a time
 * @param plan what is known of the plan
 * @param logs what is known from logs, by Pod
 * @param superseded objects of earlier runs that are still there and not being deleted
 * @param own the run's objects that are not being deleted
 * @param appliedBy the tool that would create the ImageBuild again if it were deleted; empty where
 *     none is known
 * @param earlierPodsPush whether a Pod of an earlier run may still push
 * @param refusals objects that the API server would not create, by part; for what has no part, the
 *     key is the object's name
 * @param history earlier runs, as the status shall tell of them, the latest first
 * @param now the time
 * @param pullSecrets asks for the names of the Secrets that the Pods' ServiceAccount has for
 *     images; asked only where a Pod is made
 */
public record Observation(
    BuildRun run,
    ImageBuildSpec spec,
    Optional<ImageBuildStatus> previous,
    List<PodFacts> pods,
    boolean hasRequest,
    Optional<PersistentVolumeClaim> workspace,
    boolean cacheOnOneNode,
    PlanLookup plan,
    Map<String, LogTail> logs,
    List<HasMetadata> superseded,
    List<HasMetadata> own,
    Optional<String> appliedBy,
    boolean earlierPodsPush,
    Map<String, Refusal> refusals,
    List<RunRecord> history,
    Instant now,
    Supplier<List<String>> pullSecrets) {

  /** What is known of the plan. */
  public sealed interface PlanLookup {
    /** Prepare is not done. */
    record Unknown() implements PlanLookup {}

    /** In its ConfigMap. */
    record Stored(BuildPlan plan) implements PlanLookup {}

    /** In prepare's log, its digest checked. */
    record Printed(BuildPlan plan, String json) implements PlanLookup {}

    /**
     * Prepare is done, but its log cannot be read at the moment.
     *
     * @param why the API server's words
     */
    record OutOfReach(String why) implements PlanLookup {}

    /** Prepare is done, but its log does not hold the plan. */
    record Missing() implements PlanLookup {}
  }

  /**
   * The API server would not create an object.
   *
   * @param reason in one word
   * @param message the API server's
   * @param passing whether it is worth trying again: a quota, a namesake on its way out
   */
  public record Refusal(String reason, String message, boolean passing) {
    private static final String SANDBOX = "SandboxRefused";
    private static final String RESOURCES = "ResourcesRefused";
    private static final String UNKNOWN = "Refused";
    private static final String QUOTA = "QuotaExceeded";

    /** The API server will never take an object, for a reason that only its words tell. */
    public static Refusal ofAdmission(String message) {
      return new Refusal(UNKNOWN, message, false);
    }

    /** What an object asks for does not fit a LimitRange or a quota, whatever else is there. */
    public static Refusal ofResources(String message) {
      return new Refusal(RESOURCES, message, false);
    }

    /** Whether another Pod that asks for something else might pass. */
    public boolean isOfResources() {
      return reason.equals(RESOURCES);
    }

    /** An object that is missing may come yet. */
    public static Refusal ofMissing(MissingObject.Missing missing) {
      return new Refusal(missing.kind().reason().name(), missing.message(), true);
    }

    /** What the build fails with that waits in vain for an object that is missing. */
    public Optional<FailureReason> missing() {
      return Arrays.stream(ObjectKind.values())
          .map(ObjectKind::reason)
          .filter(missing -> passing && missing.name().equals(reason))
          .findFirst();
    }

    /** Whether a Pod without a user namespace might pass. */
    public boolean mayBeOfSandbox() {
      return reason.equals(UNKNOWN);
    }

    /** A quota of the namespace has no room for an object. */
    public static Refusal ofQuota(String message) {
      return new Refusal(QUOTA, message, true);
    }

    /** Whether it passes as soon as other Pods are gone. */
    public boolean isOfQuota() {
      return reason.equals(QUOTA);
    }

    /** The same of a Pod's user namespace: a Pod without one may pass. */
    public Refusal ofSandbox() {
      return new Refusal(SANDBOX, message, true);
    }

    /** Whether it is another Pod that is to be tried next, and not the same again. */
    public boolean isOfSandbox() {
      return reason.equals(SANDBOX);
    }
  }

  /** The plan, once it is known. */
  public Optional<BuildPlan> knownPlan() {
    return switch (plan) {
      case PlanLookup.Stored(var stored) -> Optional.of(stored);
      case PlanLookup.Printed(var printed, _) -> Optional.of(printed);
      case PlanLookup.Unknown _, PlanLookup.OutOfReach _, PlanLookup.Missing _ -> Optional.empty();
    };
  }

  /** Whether the claim is there. */
  public boolean hasWorkspace() {
    return workspace.isPresent();
  }

  /** The Pod of the part's latest attempt. */
  public Optional<PodFacts> latest(Task task) {
    return pods.stream()
        .filter(pod -> pod.task().equals(task))
        .max(Comparator.comparingInt(PodFacts::attempt));
  }

  /** How many Pods the part has had, as far as is known. */
  public int attempts(Task task) {
    var recorded = previous.map(status -> status.attempts().getOrDefault(task.key(), 0)).orElse(0);
    return Math.max(recorded, latest(task).map(PodFacts::attempt).orElse(0));
  }

  /** Whether the run has had a Pod, or is over. */
  public boolean hasBegun() {
    return !pods.isEmpty()
        || previous
            .map(status ->
                !status.attempts().isEmpty()
                    || (status.phase() != null && status.phase().isFinal()))
            .orElse(false);
  }

  /** When the run began. */
  public Instant startedAt() {
    return previous
        .flatMap(status -> Optional.ofNullable(status.startTime()))
        .map(Instant::parse)
        .orElse(now);
  }

  /** Since when nothing has come of the run: its latest Pod, or its start. */
  public Instant quietSince() {
    return pods.stream()
        .flatMap(pod ->
            pod.state() instanceof PodState.Ended ended
                ? Stream.of(pod.createdAt(), ended.finishedAt())
                : Stream.of(pod.createdAt()))
        .reduce(startedAt(), (one, other) -> one.isAfter(other) ? one : other);
  }

  /** The same, with what the API server would not create. */
  public Observation withRefusals(Map<String, Refusal> refused) {
    return new Observation(
        run,
        spec,
        previous,
        pods,
        hasRequest,
        workspace,
        cacheOnOneNode,
        plan,
        logs,
        superseded,
        own,
        appliedBy,
        earlierPodsPush,
        Map.copyOf(refused),
        history,
        now,
        pullSecrets);
  }
}
