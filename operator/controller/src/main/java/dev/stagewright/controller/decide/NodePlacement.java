package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.ImageBuildStatus.Placement;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.PlacementStatus;
import dev.stagewright.api.v1alpha1.Workspace.AccessMode;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.pods.CacheStorage;
import dev.stagewright.controller.pods.PodContext;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.SandboxKind;
import java.util.Comparator;
import java.util.Optional;

/**
 * Selects the nodes of a run's Pods. If only one node can mount the volumes of the run, all Pods
 * use the node of the first one. They have an affinity to the node, not to a Pod: the scheduler
 * ignores Pods that have ended, but the volume stays on the node.
 */
record NodePlacement(Observation observed, CacheStorage caches) {

  PodContext context(String image, SandboxKind sandbox, boolean imageVolumes) {
    return new PodContext(
        observed.run(),
        observed.spec(),
        image,
        sandbox,
        imageVolumes,
        node(),
        observed.pullSecrets(),
        caches);
  }

  private Optional<String> node() {
    return isOneNode() && !isPreparing() ? firstNode() : Optional.empty();
  }

  private boolean isOneNode() {
    return isWorkspaceOnOneNode() || isClaimOnOneNode();
  }

  /** The worker Pod has the claim of the spec, but not that of the operator's configuration. */
  private boolean isClaimOnOneNode() {
    return caches instanceof CacheStorage.Claim claim && claim.onOneNode() && !claim.ofOperator();
  }

  private boolean isWorkspaceOnOneNode() {
    return observed.spec().workspace().accessMode() == AccessMode.ReadWriteOnce;
  }

  /** A retry of prepare may use another node, because it starts from scratch. */
  private boolean isPreparing() {
    return observed.knownPlan().isEmpty();
  }

  private Optional<String> firstNode() {
    var preparedOn =
        observed.pods().stream()
            .filter(pod -> pod.task().equals(new Task.Prepare()))
            .max(Comparator.comparingInt(PodFacts::attempt))
            .flatMap(PodFacts::node);
    return preparedOn
        .or(() ->
            observed
                .previous()
                .flatMap(status -> Optional.ofNullable(status.placement()))
                .flatMap(placement -> Optional.ofNullable(placement.node())))
        .or(() -> observed.pods().stream().flatMap(pod -> pod.node().stream()).findFirst());
  }

  PlacementStatus status() {
    return isOneNode()
        ? new PlacementStatus(
            Placement.OneNode,
            firstNode().orElse(null),
            (isWorkspaceOnOneNode() ? "the workspace" : "the claim of cache mounts")
                + " is ReadWriteOnce, so all Pods of the run use the node of the first Pod; with"
                + " ReadWriteMany, they can run on several nodes")
        : new PlacementStatus(
            Placement.Spread,
            null,
            "the workspace is ReadWriteMany, so stages run on several nodes if these have capacity");
  }
}
