package dev.stagewright.controller.cluster;

import dev.stagewright.controller.cluster.ClusterVersions.Version;
import java.util.Optional;

/**
 * Decides from versions whether a cluster supports user namespaces for Pods: enabled by default in
 * the API, implemented by the container runtime, and with a kernel that supports ID-mapped mounts
 * of all kinds of volumes of the Pods.
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

  /** Why user namespaces are not supported on all nodes; empty if they are. */
  static Optional<String> problem(ClusterVersions versions) {
    if (versions.nodes().isEmpty()) {
      return Optional.of("the versions of the cluster's nodes are not known");
    }
    if (!Version.of(versions.kubernetes()).isAtLeast(KUBERNETES)) {
      return Optional.of("Kubernetes " + versions.kubernetes() + " is older than " + KUBERNETES);
    }
    return versions.nodes().stream().flatMap(node -> problem(node).stream()).findFirst();
  }

  private static Optional<String> problem(ClusterVersions.Node node) {
    if (!node.hasRuntime(CONTAINERD, CRI_O)) {
      return Optional.of(
          "a node has %s, but user namespaces require containerd %s or CRI-O %s"
              .formatted(node.runtime(), CONTAINERD, CRI_O));
    }
    return Version.of(node.kernel()).isAtLeast(KERNEL)
        ? Optional.empty()
        : Optional.of("a node has Linux " + node.kernel() + ", which is older than " + KERNEL);
  }
}
