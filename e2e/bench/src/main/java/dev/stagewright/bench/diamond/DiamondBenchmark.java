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
 * Builds a {@link Diamond} and prints how long it took, against what it would take if everything
 * but the waiting took no time.
 *
 * <p>Environment: {@code REGISTRY}; {@code WIDTH}, {@code WAIT} in seconds, {@code RUNS}; {@code
 * OPERATOR}, the value of the label that says which operator builds it.
 */
public final class DiamondBenchmark {
  private static final String NAMESPACE = "stagewright-bench-diamond";
  private static final int PATIENCE_MINUTES = 20;

  private final KubernetesClient client;
  private final Map<String, String> environment;
  private final Diamond diamond;

  private DiamondBenchmark(KubernetesClient client, Map<String, String> environment) {
    this.client = client;
    this.environment = environment;
    diamond = new Diamond(number("WIDTH", 8), number("WAIT", 10));
  }

  private int number(String name, int byDefault) {
    return Integer.parseInt(environment.getOrDefault(name, Integer.toString(byDefault)));
  }

  /** Runs it. */
  public static void main(String[] arguments) {
    try (var client = new KubernetesClientBuilder().build()) {
      new DiamondBenchmark(client, System.getenv()).run();
    }
  }

  private void run() {
    var namespace =
        new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build();
    client.resource(namespace).serverSideApply();
    var times = new PodTimes(client, NAMESPACE);
    try (var _ = client.pods().inNamespace(NAMESPACE).inform(times)) {
      System.out.printf(
          "%d stages that wait %d s each: ideal %d s, one after the other %d s%n",
          diamond.width(),
          diamond.seconds(),
          diamond.seconds(),
          diamond.width() * diamond.seconds());
      for (var run = 1; run <= number("RUNS", 3); run++) {
        report(run, build("diamond-" + run), times);
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
                it -> it != null && it.getStatus() != null && isOver(it.getStatus()),
                PATIENCE_MINUTES,
                TimeUnit.MINUTES)
            .getStatus();
    if (status.phase() != BuildPhase.Succeeded) {
      throw new IllegalStateException(name + " did not succeed: " + status.failure());
    }
    return status;
  }

  private static boolean isOver(ImageBuildStatus status) {
    return status.phase() != null && status.phase().isFinal();
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
                + diamond.dockerfile().indent(8),
            ImageBuild.class);
  }

  private void report(int run, ImageBuildStatus status, PodTimes times) {
    var stages =
        Duration.between(
            reached(status, ConditionType.Prepared), reached(status, ConditionType.Built));
    System.out.printf(
        "run %d: %s from start to end, %d s of it stages (%.1f times the ideal)%n",
        run,
        status.duration(),
        stages.toSeconds(),
        stages.toSeconds() / (double) diamond.seconds());
    var toFirst =
        status.stages().stream()
            .filter(stage -> diamond.waits(stage.name()))
            .map(stage -> stage.pod())
            .filter(Objects::nonNull)
            .flatMap(pod -> times.toFirstInstruction(pod).stream())
            .sorted()
            .toList();
    System.out.printf(
        "       from the creation of a stage's Pod to its first instruction: %s%n",
        toFirst.isEmpty()
            ? "not known"
            : "least %d ms, median %d ms, most %d ms"
                .formatted(
                    toFirst.getFirst().toMillis(),
                    toFirst.get(toFirst.size() / 2).toMillis(),
                    toFirst.getLast().toMillis()));
  }

  private static Instant reached(ImageBuildStatus status, ConditionType type) {
    return status.conditions().stream()
        .filter(condition -> condition.type() == type)
        .map(BuildCondition::lastTransitionTime)
        .map(Instant::parse)
        .findFirst()
        .orElseThrow();
  }
}
