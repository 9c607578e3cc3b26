package dev.stagewright.controller.cluster;

import dev.stagewright.controller.cluster.ClusterVersions.Version;

/** Decides from versions whether a cluster supports image volumes by default. */
final class ImageVolumes {
  private static final Version KUBERNETES = new Version(1, 35);
  private static final Version CONTAINERD = new Version(2, 1);
  private static final Version CRI_O = new Version(1, 33);

  private ImageVolumes() {}

  /** Whether all nodes support image volumes; false if no node is known. */
  static boolean areSupported(ClusterVersions versions) {
    return Version.of(versions.kubernetes()).isAtLeast(KUBERNETES)
        && !versions.nodes().isEmpty()
        && versions.nodes().stream().allMatch(node -> node.hasRuntime(CONTAINERD, CRI_O));
  }
}
