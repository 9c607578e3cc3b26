package dev.stagewright.controller.cluster;

import dev.stagewright.controller.cluster.Cluster.Features;
import dev.stagewright.controller.config.OperatorConfig.RuntimeInjection;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects the features of the cluster from its versions, every few minutes. The last result is kept
 * while the API server is unavailable, and while no node is ready.
 */
public final class ClusterFeatureDetection implements Supplier<Features> {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterFeatureDetection.class);
  private static final Duration MAX_AGE = Duration.ofMinutes(5);

  private final KubernetesClient client;
  private final RuntimeInjection configured;
  private final Clock clock;
  private Instant detectedAt = Instant.MIN;
  private Optional<Features> detected = Optional.empty();

  /**
   * Creates a detection for a cluster.
   *
   * @param configured overrides the detection of image volumes, unless it is {@code auto}
   */
  public ClusterFeatureDetection(
      KubernetesClient client, RuntimeInjection configured, Clock clock) {
    this.client = client;
    this.configured = configured;
    this.clock = clock;
  }

  @Override
  public synchronized Features get() {
    if (detected.isEmpty() || detectedAt.isBefore(clock.instant().minus(MAX_AGE))) {
      var versions = versions();
      if (detected.isEmpty() || !versions.nodes().isEmpty()) {
        update(features(versions));
      }
      detectedAt = clock.instant();
    }
    return detected.orElseThrow();
  }

  private void update(Features features) {
    if (!detected.equals(Optional.of(features))) {
      LOG.info(
          "stages get the runtime from an {}; user namespaces: {}",
          features.imageVolumes() ? "image volume" : "init container",
          features.userNamespaceProblem().orElse("supported"));
    }
    detected = Optional.of(features);
  }

  private Features features(ClusterVersions versions) {
    var imageVolumes =
        switch (configured) {
          case imageVolume -> true;
          case initContainer -> false;
          case auto -> ImageVolumes.areSupported(versions);
        };
    return new Features(imageVolumes, UserNamespaces.problem(versions));
  }

  private ClusterVersions versions() {
    try {
      var version = client.getKubernetesVersion();
      var nodes =
          client.nodes().list().getItems().stream()
              .filter(ClusterFeatureDetection::isReady)
              .map(node -> node.getStatus().getNodeInfo())
              .map(info ->
                  new ClusterVersions.Node(
                      info.getContainerRuntimeVersion(), info.getKernelVersion()))
              .distinct()
              .toList();
      return new ClusterVersions(version.getMajor() + "." + version.getMinor(), nodes);
    } catch (KubernetesClientException e) {
      if (detected.isEmpty() && e.getCode() != ObjectCreation.FORBIDDEN) {
        throw e;
      }
      LOG.info("cannot detect the features of the nodes: {}", e.getMessage());
      return ClusterVersions.UNKNOWN;
    }
  }

  static boolean isReady(Node node) {
    return node.getStatus().getConditions().stream()
        .anyMatch(condition ->
            condition.getType().equals("Ready") && condition.getStatus().equals("True"));
  }
}
