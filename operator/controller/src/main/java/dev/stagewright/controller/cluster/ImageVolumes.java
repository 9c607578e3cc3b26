package dev.stagewright.controller.cluster;

import java.util.List;
import java.util.regex.Pattern;

/** Which versions have image volumes: on by default in the API, and done by the node's runtime. */
final class ImageVolumes {
  private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+).*");
  private static final Version KUBERNETES = new Version(1, 35);
  private static final Version CONTAINERD = new Version(2, 1);
  private static final Version CRI_O = new Version(1, 33);

  private ImageVolumes() {}

  /**
   * Whether image volumes work on all nodes.
   *
   * @param kubernetes version of the API server, for example {@code 1.36}
   * @param runtimes of the nodes, for example {@code containerd://2.4.2}; none means no
   */
  static boolean work(String kubernetes, List<String> runtimes) {
    return Version.of(kubernetes).isAtLeast(KUBERNETES)
        && !runtimes.isEmpty()
        && runtimes.stream().allMatch(ImageVolumes::isNewEnough);
  }

  private static boolean isNewEnough(String runtime) {
    var separator = runtime.indexOf("://");
    if (separator < 0) {
      return false;
    }
    var version = Version.of(runtime.substring(separator + "://".length()));
    return switch (runtime.substring(0, separator)) {
      case "containerd" -> version.isAtLeast(CONTAINERD);
      case "cri-o" -> version.isAtLeast(CRI_O);
      default -> false;
    };
  }

  private record Version(int major, int minor) {
    /** A version that cannot be read is too old. */
    static Version of(String text) {
      var match = NUMBERS.matcher(text.startsWith("v") ? text.substring(1) : text);
      return match.matches()
          ? new Version(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)))
          : new Version(0, 0);
    }

    boolean isAtLeast(Version other) {
      return major > other.major || (major == other.major && minor >= other.minor);
    }
  }
}
