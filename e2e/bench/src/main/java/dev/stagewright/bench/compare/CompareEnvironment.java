package dev.stagewright.bench.compare;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What the script has prepared.
 *
 * @param registry host and port of the registry
 * @param registryStorage directory of the registry
 * @param cgroup cgroup of the cluster in the hierarchy that accounts for processor time
 * @param podLogs directories in which the nodes keep the logs of Pods
 * @param buildKit address of the socket of BuildKit; empty if it does not take part
 * @param buildah directory for the images of Buildah; empty if it does not take part
 * @param runtime path of runc
 * @param operator name of the operator, and of its namespace
 * @param work directory for the build contexts
 * @param versions versions of Stagewright and Kubernetes
 */
record CompareEnvironment(
    String registry,
    Path registryStorage,
    Path cgroup,
    List<Path> podLogs,
    String buildKit,
    String buildah,
    String runtime,
    String operator,
    Path work,
    Map<String, String> versions) {

  /** Reads the environment variables that the script sets. */
  static CompareEnvironment of(Map<String, String> environment) {
    return new CompareEnvironment(
        value(environment, "REGISTRY"),
        Path.of(value(environment, "REGISTRY_STORAGE")),
        Path.of(value(environment, "CLUSTER_CGROUP")),
        Arrays.stream(value(environment, "POD_LOGS").split(":")).map(Path::of).toList(),
        environment.getOrDefault("BUILDKIT", ""),
        environment.getOrDefault("BUILDAH", ""),
        value(environment, "RUNC"),
        value(environment, "OPERATOR"),
        Path.of(value(environment, "WORK")),
        Map.of(
            "stagewright",
            value(environment, "STAGEWRIGHT_VERSION"),
            "Kubernetes",
            value(environment, "KUBERNETES_VERSION")));
  }

  private static String value(Map<String, String> environment, String name) {
    var value = environment.getOrDefault(name, "");
    if (value.isEmpty()) {
      throw new IllegalArgumentException("environment variable " + name + " is not set");
    }
    return value;
  }
}
