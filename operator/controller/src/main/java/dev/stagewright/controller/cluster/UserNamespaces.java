package dev.stagewright.controller.cluster;

import dev.stagewright.controller.cluster.ClusterVersions.Version;
import java.util.Optional;

/**
 * Which versions give Pods user namespaces: on by default in the API, done by the node's runtime,
 * and a kernel that maps the ids of every kind of volume that a Pod has.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/">User
 *     Namespaces</a>
 */
final class UserNamespaces {
  private static final Version KUBERNETES = new Version(1, 33);
  private static final Version CONTAINERD = new Version(2, 0);
  private static final Version CRI_O = new Version(1, 25);
  private static final Version KERNEL = new Version(6, 3);

  private UserNamespaces() {}

  /** Why not every node can; empty where all can. */
  static Optional<String> waitingReason(ClusterVersions versions) {
    if (versions.nodes().isEmpty()) {
      return Optional.of("the versions of the cluster's nodes are not known");
    }
    if (!Version.of(versions.kubernetes()).isAtLeast(KUBERNETES)) {
      return Optional.of("Kubernetes " + versions.kubernetes() + " is older than " + KUBERNETES);
    }
    return versions.nodes().stream().flatMap(node -> waitingReason(node).stream()).findFirst();
  }

  private static Optional<String> waitingReason(ClusterVersions.Node node) {
    if (!node.hasRuntime(CONTAINERD, CRI_O)) {
      return Optional.of(
          "a node has %s, and it takes containerd %s or CRI-O %s"
              .formatted(node.runtime(), CONTAINERD, CRI_O));
    }
    return Version.of(node.kernel()).isAtLeast(KERNEL)
        ? Optional.empty()
        : Optional.of("a node has Linux " + node.kernel() + ", which is older than " + KERNEL);
  }
}
