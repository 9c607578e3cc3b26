package dev.stagewright.controller.observe;

import dev.stagewright.api.v1alpha1.Workspace.AccessMode;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Optional;

/**
 * The claim for the cache mounts of a run: the one that the spec names, or the one of the
 * operator's configuration.
 *
 * @param claim empty if it does not exist
 * @param problem why Pods cannot use the claim of the operator's configuration
 */
public record CacheClaim(Optional<PersistentVolumeClaim> claim, Optional<String> problem) {
  /** The name of the claim of the operator's configuration, in each namespace. */
  public static final String OF_OPERATOR = "stagewright-cache-mounts";

  /** No claim. */
  public static final CacheClaim NONE = new CacheClaim(Optional.empty(), Optional.empty());

  /** Set by the scheduler; a volume on the disk of a node is on this node. */
  static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

  /** Whether only one node at a time can mount the claim; empty if the claim does not exist. */
  public Optional<Boolean> isOnOneNode() {
    return claim.map(
        it -> !it.getSpec().getAccessModes().contains(AccessMode.ReadWriteMany.name()));
  }

  /** The node for which the volume was provisioned, if it was provisioned for one. */
  public Optional<String> node() {
    return claim.flatMap(it ->
        Optional.ofNullable(it.getMetadata().getAnnotations())
            .flatMap(annotations -> Optional.ofNullable(annotations.get(SELECTED_NODE))));
  }
}
