package dev.stagewright.controller.cluster;

import dev.stagewright.controller.config.OperatorConfig.RuntimeInjection;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the runtime comes by image volume: as configured, else as the nodes allow. */
public final class RuntimeInjectionChoice implements BooleanSupplier {
  private static final Logger LOG = LoggerFactory.getLogger(RuntimeInjectionChoice.class);
  private static final Duration FRESH = Duration.ofMinutes(5);

  private final KubernetesClient client;
  private final RuntimeInjection configured;
  private final Clock clock;
  private Instant checkedAt = Instant.MIN;
  private boolean works;

  /** Asks the cluster where the configuration leaves it open. */
  public RuntimeInjectionChoice(KubernetesClient client, RuntimeInjection configured, Clock clock) {
    this.client = client;
    this.configured = configured;
    this.clock = clock;
  }

  @Override
  public boolean getAsBoolean() {
    return switch (configured) {
      case imageVolume -> true;
      case initContainer -> false;
      case auto -> detected();
    };
  }

  private synchronized boolean detected() {
    if (checkedAt.isBefore(clock.instant().minus(FRESH))) {
      var before = checkedAt.equals(Instant.MIN) ? !works : works;
      works = detect();
      checkedAt = clock.instant();
      if (works != before) {
        LOG.info("the runtime comes into stages by {}", works ? "image volume" : "init container");
      }
    }
    return works;
  }

  private boolean detect() {
    try {
      var version = client.getKubernetesVersion();
      return ImageVolumes.work(version.getMajor() + "." + version.getMinor(), runtimes());
    } catch (KubernetesClientException e) {
      LOG.info("cannot tell whether nodes have image volumes: {}", e.getMessage());
      return false;
    }
  }

  private List<String> runtimes() {
    return client.nodes().list().getItems().stream()
        .filter(RuntimeInjectionChoice::isReady)
        .map(node -> node.getStatus().getNodeInfo().getContainerRuntimeVersion())
        .distinct()
        .toList();
  }

  private static boolean isReady(Node node) {
    return node.getStatus().getConditions().stream()
        .anyMatch(condition ->
            condition.getType().equals("Ready") && condition.getStatus().equals("True"));
  }
}
