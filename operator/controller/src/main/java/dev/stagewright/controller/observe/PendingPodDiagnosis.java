package dev.stagewright.controller.observe;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.controller.cluster.Cluster;
import dev.stagewright.controller.observe.PodState.WaitingReason;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.FailureReason;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what keeps a Pod from starting where its own status does not tell. It asks the API
 * server, so only about Pods that have waited for a while.
 *
 * @param workspace the run's claim; empty until it is there
 * @param previous the status that was written last for this run
 */
record WaitingReasons(
    Cluster cluster,
    ImageBuild build,
    Optional<PersistentVolumeClaim> workspace,
    Optional<ImageBuildStatus> previous,
    Instant now) {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** An init container runs that is none of ours. */
  static final String INIT_CONTAINER = "InitContainerRunning";

  private static final String BOUND = "Bound";
  private static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

  /** In the words of the scheduler. */
  private static final String UNBOUND = "unbound immediate PersistentVolumeClaims";

  /** The Pod, told by what keeps it. */
  PodFacts explained(PodFacts pod) {
    if (!(pod.state() instanceof PodState.Waiting waiting)) {
      return pod;
    }
    var missing = new MissingObject(build.getSpec());
    var waitingReason = waiting.waitingReason().map(missing::explained);
    var isNews = !waitingReason.equals(waiting.waitingReason());
    if (isNews || now.isBefore(waiting.since().plus(PATIENCE))) {
      return waitingReason.map(known -> pod.waitingFor(waiting.since(), known)).orElse(pod);
    }
    return waitingReason(pod, waiting)
        .map(found -> pod.waitingFor(waiting.since(), found))
        .orElse(pod);
  }

  private Optional<WaitingReason> waitingReason(PodFacts pod, PodState.Waiting waiting) {
    if (!waiting.scheduled()) {
      return unboundClaim(waiting.waitingReason())
          .or(() -> lostNode(pod))
          .or(() -> unboundClaimOfUser(waiting.waitingReason()));
    }
    // A volume that does not come shows in events only.
    return waiting.waitingReason().isPresent()
        ? Optional.empty()
        : initializing(pod)
            .or(() ->
                cluster
                    .latestWarning(namespace(), pod.name())
                    .map(warning -> new WaitingReason(warning.reason(), warning.message())))
            .map(new MissingObject(build.getSpec())::explained);
  }

  /**
   * A claim without a volume, unless it only waits for the Pod to have a node, which a full cluster
   * may not have for it.
   */
  private Optional<WaitingReason> unboundClaim(Optional<WaitingReason> scheduling) {
    return workspace.flatMap(claim ->
        unbound(claim, scheduling)
            .map(why ->
                new WaitingReason(
                    FailureReason.WorkspaceNotBound.name(),
                    "the claim %s gets no volume: %s; spec.workspace has its class, size and access mode"
                        .formatted(claim.getMetadata().getName(), why))));
  }

  /** The same of a claim that the spec names. */
  private Optional<WaitingReason> unboundClaimOfUser(Optional<WaitingReason> scheduling) {
    var references = new ObjectReferences(build.getSpec());
    return references.names(ObjectKind.CLAIM).stream()
        .flatMap(name -> cluster.claim(namespace(), name).stream())
        .flatMap(claim ->
            unbound(claim, scheduling).stream()
                .map(why ->
                    new WaitingReason(
                        FailureReason.ClaimNotBound.name(),
                        "the claim %s, which %s names, gets no volume: %s"
                            .formatted(
                                claim.getMetadata().getName(),
                                references.fields(ObjectKind.CLAIM, claim.getMetadata().getName()),
                                why))))
        .findFirst();
  }

  private Optional<String> unbound(
      PersistentVolumeClaim claim, Optional<WaitingReason> scheduling) {
    if (claim.getStatus() == null || BOUND.equals(claim.getStatus().getPhase())) {
      return Optional.empty();
    }
    var name = claim.getMetadata().getName();
    var annotations = claim.getMetadata().getAnnotations();
    var isItsTurn =
        (annotations != null && annotations.containsKey(SELECTED_NODE))
            || scheduling
                .map(waitingReason -> waitingReason.message().contains(UNBOUND))
                .orElse(false);
    return cluster
        .latestWarning(namespace(), name)
        .map(warning -> warning.reason() + ": " + warning.message())
        .or(() ->
            isItsTurn
                ? Optional.of(withoutVolume(claim.getSpec().getStorageClassName()))
                : Optional.empty());
  }

  private static String withoutVolume(@Nullable String storageClass) {
    return storageClass == null || storageClass.isEmpty()
        ? "it names no storage class, and the cluster has no default one"
        : "its storage class, " + storageClass + ", has made no volume so far";
  }

  private Optional<WaitingReason> initializing(PodFacts pod) {
    return pod.initializing()
        .map(name ->
            new WaitingReason(
                INIT_CONTAINER, "waits for its init container " + name, Optional.of(name)));
  }

  /** What a run on one node has done so far is there, and nowhere else. */
  private Optional<WaitingReason> lostNode(PodFacts pod) {
    return previous
        .filter(_ -> !pod.task().equals(new Task.Prepare()))
        .map(ImageBuildStatus::placement)
        .flatMap(placement -> Optional.ofNullable(placement.node()))
        .filter(node -> !cluster.isReady(node))
        .map(node ->
            new WaitingReason(
                FailureReason.NodeLost.name(),
                "the node %s, which has the run's workspace, does not answer".formatted(node)));
  }

  private String namespace() {
    return build.getMetadata().getNamespace();
  }
}
