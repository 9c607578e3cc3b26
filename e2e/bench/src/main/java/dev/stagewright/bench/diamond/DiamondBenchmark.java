package dev.stagewright.bench.diamond;

import dev.stagewright.api.v1alpha1.BuildCondition;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionType;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Builds a {@link DiamondDockerfile} and compares the duration with the ideal one, in which only
 * sleeping takes time.
 *
 * <p>Environment: {@code REGISTRY}; {@code WIDTH}, {@code WAIT} in seconds, {@code RUNS}; {@code
 * OPERATOR}, the value of the label that selects the operator.
 */
public final class DiamondBenchmark {
  private static final String NAMESPACE = "stagewright-bench-diamond";
  private static final int TIMEOUT_MINUTES = 20;

  private final KubernetesClient client;
  private final Map<String, String> environment;
  private final DiamondDockerfile dockerfile;

  private DiamondBenchmark(KubernetesClient client, Map<String, String> environment) {
    this.client = client;
    this.environment = environment;
    dockerfile = new DiamondDockerfile(number("WIDTH", 8), number("WAIT", 10));
  }

  private int number(String name, int defaultValue) {
    return Integer.parseInt(environment.getOrDefault(name, Integer.toString(defaultValue)));
  }

  /** Runs the benchmark. */
  public static void main(String[] arguments) {
    try (var client = new KubernetesClientBuilder().build()) {
      new DiamondBenchmark(client, System.getenv()).run();
    }
  }

  private void run() {
    var namespace =
        new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build();
    client.resource(namespace).serverSideApply();
    var latency = new PodStartupLatency(client, NAMESPACE);
    try (var _ = client.pods().inNamespace(NAMESPACE).inform(latency)) {
      System.out.printf(
          "%d parallel stages that sleep %d s each: ideal %d s, sequential %d s%n",
          dockerfile.width(),
          dockerfile.sleepSeconds(),
          dockerfile.sleepSeconds(),
          dockerfile.width() * dockerfile.sleepSeconds());
      for (var run = 1; run <= number("RUNS", 3); run++) {
        report(run, build("diamond-" + run), latency);
      }
    } finally {
      client.resource(namespace).delete();
    }
  }

  private ImageBuildStatus build(String name) {
    var builds = client.resources(ImageBuild.class).inNamespace(NAMESPACE);
    builds.resource(resource(name)).create();
    var status =
        builds
            .withName(name)
            .waitUntilCondition(
                it -> it != null && it.getStatus() != null && it.getStatus().hasEnded(),
                TIMEOUT_MINUTES,
                TimeUnit.MINUTES)
            .getStatus();
    if (status.phase() != BuildPhase.Succeeded) {
      throw new IllegalStateException(name + " did not succeed: " + status.failure());
    }
    return status;
  }

  private ImageBuild resource(String name) {
    var operator = environment.getOrDefault("OPERATOR", "");
    return client
        .getKubernetesSerialization()
        .unmarshal(
            """
            apiVersion: stagewright.dev/v1alpha1
            kind: ImageBuild
            metadata:
              name: %s
              namespace: %s
              labels: {%s}
            spec:
              output: {image: '%s/bench/%s:1'}
              source:
                inline:
                  dockerfile: |
            """
                    .formatted(
                        name,
                        NAMESPACE,
                        operator.isEmpty() ? "" : "stagewright.dev/operator: " + operator,
                        environment.getOrDefault("REGISTRY", ""),
                        name)
                + dockerfile.text().indent(8),
            ImageBuild.class);
  }

  private void report(int run, ImageBuildStatus status, PodStartupLatency latency) {
    var stages =
        Duration.between(
            transitionTime(status, ConditionType.Prepared),
            transitionTime(status, ConditionType.Built));
    System.out.printf(
        "run %d: %s in total, %d s for the stages (%.1f times the ideal)%n",
        run,
        status.duration(),
        stages.toSeconds(),
        stages.toSeconds() / (double) dockerfile.sleepSeconds());
    var latencies =
        status.stages().stream()
            .filter(stage -> dockerfile.isParallel(stage.name()))
            .map(stage -> stage.pod())
            .filter(Objects::nonNull)
            .flatMap(pod -> latency.untilFirstInstruction(pod).stream())
            .sorted()
            .toList();
    System.out.printf(
        "       time from the creation of a Pod to the first instruction: %s%n",
        latencies.isEmpty()
            ? "unknown"
            : "minimum %d ms, median %d ms, maximum %d ms"
                .formatted(
                    latencies.getFirst().toMillis(),
                    latencies.get(latencies.size() / 2).toMillis(),
                    latencies.getLast().toMillis()));
  }

  private static Instant transitionTime(ImageBuildStatus status, ConditionType type) {
    return status.conditions().stream()
        .filter(condition -> condition.type() == type)
        .map(BuildCondition::lastTransitionTime)
        .map(Instant::parse)
        .findFirst()
        .orElseThrow();
  }
}
