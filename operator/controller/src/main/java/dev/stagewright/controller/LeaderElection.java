package dev.stagewright.controller;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Elects the replica of the operator that reconciles.
 *
 * @param environment of the process; the Deployment sets the name and namespace of the Pod there
 * @param elected called when this replica is the leader
 * @param lost called when this replica is no longer the leader and must stop
 */
record LeaderElection(
    String leaseName, Map<String, String> environment, Runnable elected, Runnable lost) {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderElection.class);

  /** A renew time with which the Lease has expired. */
  private static final ZonedDateTime EXPIRED = Instant.EPOCH.atZone(ZoneOffset.UTC);

  /**
   * The configuration for the SDK. The SDK must not exit the process itself: that would deadlock
   * with the shutdown hook.
   *
   * @throws IllegalArgumentException if the name or namespace of the Pod is not known
   */
  LeaderElectionConfiguration configuration() {
    var namespace = namespace();
    if (namespace.isEmpty() || identity().isEmpty()) {
      throw new IllegalArgumentException(
          "leaseName requires the environment variables POD_NAMESPACE, the namespace of the Lease,"
              + " and POD_NAME, which identifies the replica");
    }
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(leaseName)
        .withLeaseNamespace(namespace)
        .withIdentity(identity())
        .withLeaderCallbacks(
            new LeaderCallbacks(
                () -> {
                  LOG.info("this replica is the leader");
                  elected.run();
                },
                lost,
                leader -> LOG.info("the leader is {}", leader.isEmpty() ? "not elected" : leader)))
        .withExitOnStopLeading(false)
        .build();
  }

  /**
   * Releases the Lease, which the SDK does not do. Otherwise, the next replica would wait until the
   * Lease expires.
   */
  void release(KubernetesClient client) {
    try {
      var lease = client.leases().inNamespace(namespace()).withName(leaseName).get();
      if (lease != null && identity().equals(lease.getSpec().getHolderIdentity())) {
        lease.getSpec().setRenewTime(EXPIRED);
        client.resource(lease).lockResourceVersion().update();
      }
    } catch (KubernetesClientException e) {
      LOG.warn("cannot release the Lease {}: {}", leaseName, e.getMessage());
    }
  }

  private String namespace() {
    return environment.getOrDefault("POD_NAMESPACE", "");
  }

  private String identity() {
    return environment.getOrDefault("POD_NAME", "");
  }
}
