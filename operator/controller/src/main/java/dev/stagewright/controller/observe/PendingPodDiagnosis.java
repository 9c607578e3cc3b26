package dev.stagewright.controller.observe;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.controller.cluster.Cluster;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.podstatus.PodState;
import dev.stagewright.controller.podstatus.WaitingCause;
import dev.stagewright.controller.podstatus.WaitingReason;
import dev.stagewright.controller.podstatus.WaitingReason.Known;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.FailureReason;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why a Pod does not start if the status of the Pod does not show it. This takes requests
 * to the API server, so only Pods that have been pending for a while are diagnosed.
 *
 * @param workspace the claim of the run's workspace, if it exists
 * @param previous the last status of this run
 */
record PendingPodDiagnosis(
    Cluster cluster,
    ImageBuild build,
    Optional<PersistentVolumeClaim> workspace,
    Optional<ImageBuildStatus> previous,
    Instant now) {
  private static final Duration NORMAL_START = Duration.ofSeconds(3);

  private static final String BOUND = "Bound";

  /** Part of a message of the scheduler. */
  private static final String UNBOUND = "unbound immediate PersistentVolumeClaims";

  /**
   * The facts about one Pod, with the cause of its delay if one was found.
   *
   * @param pod the facts about each task of the Pod
   * @param cacheClaim name of the claim for cache mounts, if the Pod has it
   */
  List<PodFacts> diagnose(List<PodFacts> pod, Optional<String> cacheClaim) {
    var caches = cacheClaim.map(name -> new CacheClaimDiagnosis(cluster, namespace(), name));
    return pod.stream()
        .filter(task -> task.state() instanceof PodState.Pending)
        .findFirst()
        .map(task -> diagnose(task, caches))
        .map(diagnosed -> pod.stream().map(task -> withStateOf(diagnosed, task)).toList())
        .orElse(pod);
  }

  private static PodFacts withStateOf(PodFacts diagnosed, PodFacts task) {
    return task.state() instanceof PodState.Pending
            && diagnosed.state() instanceof PodState.Pending(_, var since, var cause)
        ? cause.map(known -> task.pending(since, known)).orElse(task)
        : task;
  }

  private PodFacts diagnose(PodFacts pod, Optional<CacheClaimDiagnosis> caches) {
    if (!(pod.state() instanceof PodState.Pending pending)) {
      return pod;
    }
    var deleted = caches.flatMap(it -> it.ofDeletedClaim(pending.cause()));
    if (deleted.isPresent()) {
      return pod.pending(pending.since(), deleted.get());
    }
    var missing = new MissingObject(build.getSpec());
    var cause = pending.cause().map(missing::explained);
    var isMissing = !cause.equals(pending.cause());
    if (isMissing || now.isBefore(pending.since().plus(NORMAL_START))) {
      return cause.map(known -> pod.pending(pending.since(), known)).orElse(pod);
    }
    return cause(pod, pending, caches)
        .map(found -> pod.pending(pending.since(), found))
        .orElse(pod);
  }

  private Optional<WaitingCause> cause(
      PodFacts pod, PodState.Pending pending, Optional<CacheClaimDiagnosis> caches) {
    if (!pending.scheduled()) {
      return unboundClaim(pending.cause())
          .or(() -> lostNode(pod))
          .or(() -> caches.flatMap(it -> it.ofUnscheduled(pending.cause(), this::unbound)))
          .or(() -> unboundClaimOfUser(pending.cause()));
    }
    // Only Events report a volume that cannot be mounted.
    return pending.cause().isPresent()
        ? Optional.empty()
        : initializing(pod)
            .or(() ->
                cluster
                    .latestWarning(namespace(), pod.name())
                    .map(warning ->
                        new WaitingCause(WaitingReason.of(warning.reason()), warning.message())))
            .map(new MissingObject(build.getSpec())::explained)
            .map(cause -> caches.map(it -> it.ofScheduled(cause)).orElse(cause));
  }

  /** A claim without a volume, unless the volume is only provisioned after the Pod has a node. */
  private Optional<WaitingCause> unboundClaim(Optional<WaitingCause> scheduling) {
    return workspace.flatMap(claim ->
        unbound(claim, scheduling)
            .map(why ->
                new WaitingCause(
                    new WaitingReason.OfFailure(FailureReason.WorkspaceNotBound),
                    "the PersistentVolumeClaim %s of the workspace is not bound: %s; check storage class, size and access mode in spec.workspace"
                        .formatted(claim.getMetadata().getName(), why))));
  }

  /** A claim in the spec that has no volume. */
  private Optional<WaitingCause> unboundClaimOfUser(Optional<WaitingCause> scheduling) {
    var references = new ObjectReferences(build.getSpec());
    return references.names(ObjectKind.CLAIM).stream()
        .flatMap(name -> cluster.claim(namespace(), name).stream())
        .flatMap(claim ->
            unbound(claim, scheduling).stream()
                .map(why ->
                    new WaitingCause(
                        new WaitingReason.OfFailure(FailureReason.ClaimNotBound),
                        "the PersistentVolumeClaim %s (in %s) is not bound: %s"
                            .formatted(
                                claim.getMetadata().getName(),
                                references.fields(ObjectKind.CLAIM, claim.getMetadata().getName()),
                                why))))
        .findFirst();
  }

  private Optional<String> unbound(PersistentVolumeClaim claim, Optional<WaitingCause> scheduling) {
    if (claim.getStatus() == null || BOUND.equals(claim.getStatus().getPhase())) {
      return Optional.empty();
    }
    var name = claim.getMetadata().getName();
    var annotations = claim.getMetadata().getAnnotations();
    var mustBeBound =
        (annotations != null && annotations.containsKey(CacheClaim.SELECTED_NODE))
            || scheduling.map(cause -> cause.message().contains(UNBOUND)).orElse(false);
    return cluster
        .latestWarning(namespace(), name)
        .map(warning -> warning.reason() + ": " + warning.message())
        .or(() ->
            mustBeBound
                ? Optional.of(notProvisioned(claim.getSpec().getStorageClassName()))
                : Optional.empty());
  }

  private static String notProvisioned(@Nullable String storageClass) {
    return storageClass == null || storageClass.isEmpty()
        ? "it has no storage class, and the cluster has no default storage class"
        : "the storage class " + storageClass + " has not provisioned a volume";
  }

  private Optional<WaitingCause> initializing(PodFacts pod) {
    return pod.blockingInitContainer()
        .map(name ->
            new WaitingCause(
                Known.InitContainerRunning,
                "waits for its init container " + name,
                Optional.of(name)));
  }

  /** A run on one node cannot continue without that node, which has the workspace. */
  private Optional<WaitingCause> lostNode(PodFacts pod) {
    return previous
        .filter(_ -> !pod.task().equals(new Task.Prepare()))
        .map(ImageBuildStatus::placement)
        .flatMap(placement -> Optional.ofNullable(placement.node()))
        .filter(node -> !cluster.isReady(node))
        .map(node ->
            new WaitingCause(
                new WaitingReason.OfFailure(FailureReason.NodeLost),
                "the node %s, which has the workspace of the run, does not respond"
                    .formatted(node)));
  }

  private String namespace() {
    return build.getMetadata().getNamespace();
  }
}
