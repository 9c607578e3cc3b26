package dev.stagewright.controller.observe;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.controller.cluster.Cluster;
import dev.stagewright.controller.observe.PodState.Hitch;
import dev.stagewright.controller.run.Part;
import dev.stagewright.protocol.FailureReason;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds out what keeps a Pod from starting where its own status does not tell. It asks the API
 * server, so only about Pods that have waited for a while.
 *
 * @param workspace the run's claim; empty until it is there
 * @param previous the status that was written last for this run
 */
record Obstacles(
    Cluster cluster,
    ImageBuild build,
    Optional<PersistentVolumeClaim> workspace,
    Optional<ImageBuildStatus> previous,
    Instant now) {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final String BOUND = "Bound";
  private static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

  /** In the words of the scheduler. */
  private static final String UNBOUND = "unbound immediate PersistentVolumeClaims";

  /** The Pod, told by what keeps it. */
  PodFacts explained(PodFacts pod) {
    if (!(pod.state() instanceof PodState.Waiting waiting)
        || now.isBefore(waiting.since().plus(PATIENCE))) {
      return pod;
    }
    return obstacle(pod, waiting).map(found -> pod.waitingFor(waiting.since(), found)).orElse(pod);
  }

  private Optional<Hitch> obstacle(PodFacts pod, PodState.Waiting waiting) {
    if (!waiting.scheduled()) {
      return unboundClaim(waiting.hitch()).or(() -> lostNode(pod));
    }
    // A volume that does not come shows in events only.
    return waiting.hitch().isPresent()
        ? Optional.empty()
        : cluster
            .latestWarning(namespace(), pod.name())
            .map(warning -> new Hitch(warning.reason(), warning.message()))
            .map(new MissingSecret(build.getSpec())::explained);
  }

  /**
   * A claim without a volume, unless it only waits for the Pod to have a node, which a full cluster
   * may not have for it.
   */
  private Optional<Hitch> unboundClaim(Optional<Hitch> scheduling) {
    var unbound =
        workspace.filter(
            claim -> claim.getStatus() != null && !BOUND.equals(claim.getStatus().getPhase()));
    if (unbound.isEmpty()) {
      return Optional.empty();
    }
    var claim = unbound.get();
    var name = claim.getMetadata().getName();
    var isItsTurn =
        claim.getMetadata().getAnnotations().containsKey(SELECTED_NODE)
            || scheduling.map(hitch -> hitch.message().contains(UNBOUND)).orElse(false);
    return cluster
        .latestWarning(namespace(), name)
        .map(warning -> warning.reason() + ": " + warning.message())
        .or(() ->
            isItsTurn
                ? Optional.of("its storage class has made no volume so far")
                : Optional.empty())
        .map(why ->
            new Hitch(
                FailureReason.WorkspaceNotBound.name(),
                "the claim %s gets no volume: %s".formatted(name, why)));
  }

  /** What a run on one node has done so far is there, and nowhere else. */
  private Optional<Hitch> lostNode(PodFacts pod) {
    return previous
        .filter(_ -> !pod.part().equals(new Part.Prepare()))
        .map(ImageBuildStatus::placement)
        .flatMap(placement -> Optional.ofNullable(placement.node()))
        .filter(node -> !cluster.isReady(node))
        .map(node ->
            new Hitch(
                FailureReason.NodeLost.name(),
                "the node %s, which has the run's workspace, does not answer".formatted(node)));
  }

  private String namespace() {
    return build.getMetadata().getNamespace();
  }
}
