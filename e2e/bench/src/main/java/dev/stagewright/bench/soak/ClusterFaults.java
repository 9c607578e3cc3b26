package dev.stagewright.bench.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Takes away what all builds need.
 *
 * @param ledger is told whom it befalls
 * @param operatorNamespace where the operator's Pods are
 * @param script that stops and starts parts of the cluster, {@code e2e/cluster}
 */
record ClusterFaults(
    KubernetesClient client,
    PodLedger ledger,
    String operatorNamespace,
    String script,
    RandomGenerator random) {
  private static final String LABEL = "app.kubernetes.io/name";
  private static final String NAME = "stagewright";
  private static final String NODE_PREFIX = "stagewright-";
  private static final int LONGEST_CUT_MILLIS = 6_000;

  /** Which Pods of the operator were killed; empty if none has come to life since the last time. */
  Optional<String> killOperator() {
    var pods = client.pods().inNamespace(operatorNamespace).withLabel(LABEL, NAME);
    var isUp = pods.list().getItems().stream().anyMatch(Readiness::isPodReady);
    if (!isUp) {
      return Optional.empty();
    }
    var names =
        pods.list().getItems().stream().map((Pod pod) -> pod.getMetadata().getName()).toList();
    pods.withGracePeriod(0).delete();
    return Optional.of(String.join(" ", names));
  }

  /** Has the registry be away for a while. */
  Optional<String> cutRegistry() throws IOException, InterruptedException {
    cluster("registry", "stop");
    try {
      Thread.sleep(random.nextInt(LONGEST_CUT_MILLIS));
    } finally {
      cluster("registry", "start");
    }
    return Optional.of("the registry");
  }

  /**
   * Which node was without power for a while; empty where there is but one, with all else on it.
   */
  Optional<String> cutNode() throws IOException, InterruptedException {
    var nodes = client.nodes().list().getItems().size();
    if (nodes < 2) {
      return Optional.empty();
    }
    var number = Integer.toString(1 + random.nextInt(nodes - 1));
    var name = NODE_PREFIX + number;
    ledger.harmAllOn(name);
    cluster("node", number, "stop");
    // Also those that came to it before it was off.
    ledger.harmAllOn(name);
    try {
      Thread.sleep(random.nextInt(LONGEST_CUT_MILLIS));
    } finally {
      cluster("node", number, "start");
    }
    return Optional.of(name);
  }

  private void cluster(String... arguments) throws IOException, InterruptedException {
    var command = new ProcessBuilder(script);
    for (var argument : arguments) {
      command.command().add(argument);
    }
    var process = command.redirectErrorStream(true).start();
    var told = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command.command()) + ": " + told);
    }
  }
}
