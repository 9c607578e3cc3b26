package dev.stagewright.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * A registry with three replicas, one volume, and one Redis, in the namespace of a test.
 *
 * @param namespace namespace of the registry
 * @param host address and port of its Service, the same for Pods and for this machine
 */
record ReplicatedRegistry(TestNamespace namespace, String host) {
  private static final int REPLICAS = 3;
  private static final Duration QUICK = Duration.ofMinutes(2);

  /** Starts a registry and waits until all of its Pods are ready. */
  static ReplicatedRegistry start(TestNamespace namespace) {
    namespace.apply(manifests());
    var host = namespace.environment().host() + ":" + nodePort(namespace);
    var registry = new ReplicatedRegistry(namespace, host);
    registry.awaitPods("redis", 1, _ -> true);
    registry.awaitPods("registry", REPLICAS, _ -> true);
    registry.awaitService();
    return registry;
  }

  /** A node gets the endpoints of a Service a moment after the Pods are ready. */
  private void awaitService() {
    var colon = host.lastIndexOf(':');
    var address = host.substring(0, colon);
    var port = Integer.parseInt(host.substring(colon + 1));
    Awaitility.await()
        .atMost(QUICK)
        .pollInterval(Duration.ofMillis(200))
        .ignoreException(ConnectException.class)
        .until(() -> {
          try (var socket = new Socket(address, port)) {
            return socket.isConnected();
          }
        });
  }

  private static String manifests() {
    try {
      return Files.readString(
          LocalCluster.repository().resolve("e2e/samples/registry-replicas.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int nodePort(TestNamespace namespace) {
    var service =
        namespace.client().services().inNamespace(namespace.name()).withName("registry").require();
    return service.getSpec().getPorts().getFirst().getNodePort();
  }

  List<Pod> replicas() {
    return pods("registry");
  }

  /** Kills a replica without grace period and waits until its replacement is ready. */
  void replace(Pod replica) {
    namespace.delete(List.of(replica));
    var killed = replica.getMetadata().getUid();
    awaitPods("registry", REPLICAS, pod -> !pod.getMetadata().getUid().equals(killed));
  }

  /** Whether Redis has the size of a blob, so that no replica reads it from the volume. */
  boolean isCached(String digest) {
    var answer =
        namespace
            .environment()
            .tools()
            .output(
                QUICK,
                "kubectl",
                "--namespace=" + namespace.name(),
                "exec",
                "deployment/redis",
                "--",
                "redis-cli",
                "exists",
                "blobs::" + digest);
    return answer.equals("1");
  }

  private void awaitPods(String app, int count, Predicate<Pod> condition) {
    Awaitility.await()
        .atMost(QUICK)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> {
          var pods = pods(app);
          return pods.size() == count
              && pods.stream().allMatch(condition.and(ReplicatedRegistry::isReady));
        });
  }

  private static boolean isReady(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .anyMatch(it -> it.getType().equals("Ready") && it.getStatus().equals("True"));
  }

  private List<Pod> pods(String app) {
    return namespace
        .client()
        .pods()
        .inNamespace(namespace.name())
        .withLabel("app", app)
        .list()
        .getItems();
  }
}
