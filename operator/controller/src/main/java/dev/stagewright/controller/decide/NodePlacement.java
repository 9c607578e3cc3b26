package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.ImageBuildStatus.Placement;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.PlacementStatus;
import dev.stagewright.api.v1alpha1.Workspace.AccessMode;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.PodFacts;
import dev.stagewright.controller.pods.PodContext;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.SandboxKind;
import java.util.Comparator;
import java.util.Optional;

/**
 * Where the Pods of a run may be. A volume that one node can mount keeps them on the node of the
 * first. They are bound to that node and not to each other: the scheduler forgets Pods that have
 * ended, the volume stays where it is.
 */
record NodePlacement(Observation observed) {

  PodContext context(String image, SandboxKind sandbox, boolean imageVolumes) {
    return new PodContext(
        observed.run(),
        observed.spec(),
        image,
        sandbox,
        imageVolumes,
        node(),
        observed.pullSecrets());
  }

  private Optional<String> node() {
    return isOneNode() && !isPrepareOnly() ? firstNode() : Optional.empty();
  }

  private boolean isOneNode() {
    return isWorkspaceOnOneNode() || observed.cacheOnOneNode();
  }

  private boolean isWorkspaceOnOneNode() {
    return observed.spec().workspace().accessMode() == AccessMode.ReadWriteOnce;
  }

  /** Another attempt of prepare may be elsewhere: it starts from nothing. */
  private boolean isPrepareOnly() {
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
            (isWorkspaceOnOneNode() ? "the workspace" : "the claim of the cache")
                + " is ReadWriteOnce, so all Pods of the run are on the node of the first; with"
                + " ReadWriteMany they may spread")
        : new PlacementStatus(
            Placement.Spread,
            null,
            "the workspace is ReadWriteMany, so stages are spread over nodes as far as there is room");
  }
}
