package dev.stagewright.controller.cluster;

import dev.stagewright.controller.cluster.ClusterVersions.Version;

/** Which versions have image volumes: on by default in the API, and done by the node's runtime. */
final class ImageVolumes {
  private static final Version KUBERNETES = new Version(1, 35);
  private static final Version CONTAINERD = new Version(2, 1);
  private static final Version CRI_O = new Version(1, 33);

  private ImageVolumes() {}

  /** Whether image volumes work on all nodes; where none is known, they do not. */
  static boolean work(ClusterVersions versions) {
    return Version.of(versions.kubernetes()).isAtLeast(KUBERNETES)
        && !versions.nodes().isEmpty()
        && versions.nodes().stream().allMatch(node -> node.hasRuntime(CONTAINERD, CRI_O));
  }
}
