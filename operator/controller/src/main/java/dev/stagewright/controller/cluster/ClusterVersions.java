package dev.stagewright.controller.cluster;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The versions of the components of a cluster.
 *
 * @param kubernetes version of the API server, for example {@code 1.36}
 * @param nodes versions of the ready nodes, without duplicates
 */
record ClusterVersions(String kubernetes, List<Node> nodes) {
  /** The versions of a cluster whose nodes cannot be read. */
  static final ClusterVersions UNKNOWN = new ClusterVersions("", List.of());

  /**
   * The versions of a node.
   *
   * @param runtime for example {@code containerd://2.4.2}
   * @param kernel for example {@code 6.12.1-amd64}
   */
  record Node(String runtime, String kernel) {
    /** Whether the container runtime has at least the version required of it. */
    boolean hasRuntime(Version containerd, Version criO) {
      var separator = runtime.indexOf("://");
      if (separator < 0) {
        return false;
      }
      var version = Version.of(runtime.substring(separator + "://".length()));
      return switch (runtime.substring(0, separator)) {
        case "containerd" -> version.isAtLeast(containerd);
        case "cri-o" -> version.isAtLeast(criO);
        default -> false;
      };
    }
  }

  /** The first two numbers of a version. */
  record Version(int major, int minor) {
    private static final Pattern NUMBERS = Pattern.compile("v?(\\d+)\\.(\\d+).*");

    /** Parses a version. Text that is not a version counts as 0.0. */
    static Version of(String text) {
      var match = NUMBERS.matcher(text);
      return match.matches()
          ? new Version(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)))
          : new Version(0, 0);
    }

    boolean isAtLeast(Version other) {
      return major > other.major || (major == other.major && minor >= other.minor);
    }

    @Override
    public String toString() {
      return major + "." + minor;
    }
  }
}
