package dev.stagewright.bench.compare.builder;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;

/**
 * Measures S: the time from the request that creates a bare Pod to the first instruction of its
 * process, which prints a line. The time of the line comes from the container runtime, whose clock
 * is that of this machine.
 */
public record PodStart(ComparisonNamespace namespace, String image) {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  /** Creates a Pod and returns S in seconds. */
  public double measure(String name) {
    var pods = namespace.client().pods().inNamespace(namespace.name());
    var pod = pod(name);
    var start = Instant.now();
    pods.resource(pod).create();
    pods.withName(name)
        .waitUntilCondition(
            found -> found != null && "Succeeded".equals(found.getStatus().getPhase()),
            TIMEOUT.toSeconds(),
            TimeUnit.SECONDS);
    var line = pods.withName(name).usingTimestamps().getLog();
    pods.withName(name).withGracePeriod(0).delete();
    return Duration.between(start, time(line)).toNanos() / 1e9;
  }

  /** The time at the beginning of a line of a log. */
  static Instant time(String line) {
    return OffsetDateTime.parse(line.split(" ", 2)[0]).toInstant();
  }

  private Pod pod(String name) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace.name())
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .withAutomountServiceAccountToken(false)
        .addNewContainer()
        .withName("main")
        .withImage(image)
        .withImagePullPolicy("IfNotPresent")
        .withCommand("echo", "started")
        .endContainer()
        .endSpec()
        .build();
  }
}
