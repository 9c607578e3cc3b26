package dev.stagewright.bench.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Faults of the operator, the registry, and nodes.
 *
 * @param tracker records the Pods that a fault disrupts
 * @param operatorNamespace namespace of the operator's Pods
 * @param script script that stops and starts components of the cluster: {@code e2e/cluster}
 */
record ClusterFaults(
    KubernetesClient client,
    PodTracker tracker,
    String operatorNamespace,
    String script,
    RandomGenerator random) {
  private static final String NAME_LABEL = "app.kubernetes.io/name";
  private static final String OPERATOR_NAME = "stagewright";
  private static final String NODE_PREFIX = "stagewright-";
  private static final int MAX_OUTAGE_MILLIS = 6_000;

  /** Deletes the Pods of the operator by force; returns them, or empty if none is ready. */
  Optional<String> killOperator() {
    var pods = client.pods().inNamespace(operatorNamespace).withLabel(NAME_LABEL, OPERATOR_NAME);
    var isUp = pods.list().getItems().stream().anyMatch(Readiness::isPodReady);
    if (!isUp) {
      return Optional.empty();
    }
    var names =
        pods.list().getItems().stream().map((Pod pod) -> pod.getMetadata().getName()).toList();
    pods.withGracePeriod(0).delete();
    return Optional.of(String.join(" ", names));
  }

  /** Stops the registry for some seconds. */
  Optional<String> stopRegistry() throws IOException, InterruptedException {
    runScript("registry", "stop");
    try {
      Thread.sleep(random.nextInt(MAX_OUTAGE_MILLIS));
    } finally {
      runScript("registry", "start");
    }
    return Optional.of("the registry");
  }

  /** Stops a node for some seconds; returns the node, or empty if the cluster has only one node. */
  Optional<String> stopNode() throws IOException, InterruptedException {
    var nodes = client.nodes().list().getItems().size();
    if (nodes < 2) {
      return Optional.empty();
    }
    var number = Integer.toString(1 + random.nextInt(nodes - 1));
    var name = NODE_PREFIX + number;
    tracker.markNodeDisrupted(name);
    runScript("node", number, "stop");
    // Includes the Pods that were scheduled to the node before it stopped.
    tracker.markNodeDisrupted(name);
    try {
      Thread.sleep(random.nextInt(MAX_OUTAGE_MILLIS));
    } finally {
      runScript("node", number, "start");
    }
    return Optional.of(name);
  }

  private void runScript(String... arguments) throws IOException, InterruptedException {
    var command = new ProcessBuilder(script);
    for (var argument : arguments) {
      command.command().add(argument);
    }
    var process = command.redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command.command()) + ": " + output);
    }
  }
}
