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
 * What the cluster can do: asked of its versions, every few minutes. It can do no less for the API
 * server being away, or for no node being ready for a moment thereafter.
 */
public final class ClusterFeatureDetection implements Supplier<Features> {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterFeatureDetection.class);
  private static final Duration FRESH = Duration.ofMinutes(5);

  private final KubernetesClient client;
  private final RuntimeInjection configured;
  private final Clock clock;
  private Instant askedAt = Instant.MIN;
  private Optional<Features> known = Optional.empty();

  /**
   * Asks this cluster.
   *
   * @param configured settles whether the runtime comes by image volume, unless it is {@code auto}
   */
  public ClusterFeatureDetection(
      KubernetesClient client, RuntimeInjection configured, Clock clock) {
    this.client = client;
    this.configured = configured;
    this.clock = clock;
  }

  @Override
  public synchronized Features get() {
    if (known.isEmpty() || askedAt.isBefore(clock.instant().minus(FRESH))) {
      var versions = versions();
      if (known.isEmpty() || !versions.nodes().isEmpty()) {
        learn(features(versions));
      }
      askedAt = clock.instant();
    }
    return known.orElseThrow();
  }

  private void learn(Features features) {
    if (!known.equals(Optional.of(features))) {
      LOG.info(
          "the runtime comes into stages by {}; user namespaces: {}",
          features.imageVolumes() ? "image volume" : "init container",
          features.userNamespaceObstacle().orElse("yes"));
    }
    known = Optional.of(features);
  }

  private Features features(ClusterVersions versions) {
    var imageVolumes =
        switch (configured) {
          case imageVolume -> true;
          case initContainer -> false;
          case auto -> ImageVolumes.work(versions);
        };
    return new Features(imageVolumes, UserNamespaces.waitingReason(versions));
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
      if (known.isEmpty() && e.getCode() != ObjectCreation.FORBIDDEN) {
        throw e;
      }
      LOG.info("cannot tell what nodes can do: {}", e.getMessage());
      return ClusterVersions.UNKNOWN;
    }
  }

  static boolean isReady(Node node) {
    return node.getStatus().getConditions().stream()
        .anyMatch(condition ->
            condition.getType().equals("Ready") && condition.getStatus().equals("True"));
  }
}
