package dev.stagewright.controller.cluster;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Of what versions a cluster is made.
 *
 * @param kubernetes of the API server, for example {@code 1.36}
 * @param nodes of the ready nodes, each combination once
 */
record ClusterVersions(String kubernetes, List<Node> nodes) {
  /** Of a cluster that does not tell. */
  static final ClusterVersions UNKNOWN = new ClusterVersions("", List.of());

  /**
   * A node's.
   *
   * @param runtime for example {@code containerd://2.4.2}
   * @param kernel for example {@code 6.12.1-amd64}
   */
  record Node(String runtime, String kernel) {
    /** Whether the runtime is one of these, and new enough. */
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

    /** A version that cannot be read is too old. */
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
