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
 * How replicas agree on the one that works.
 *
 * @param leaseName of the Lease by which they do
 * @param environment of the process; the Deployment puts the Pod's name and namespace there
 * @param lost called when this replica no longer leads: it must act no more
 */
record LeaderElection(String leaseName, Map<String, String> environment, Runnable lost) {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderElection.class);

  /** Epoch: a Lease that was renewed then has run out. */
  private static final ZonedDateTime LONG_AGO = Instant.EPOCH.atZone(ZoneOffset.UTC);

  /**
   * For the SDK, whose own way to end the process would wait for the process to end.
   *
   * @throws IllegalArgumentException if the operator does not know where its Pod is
   */
  LeaderElectionConfiguration configuration() {
    var namespace = namespace();
    if (namespace.isEmpty() || identity().isEmpty()) {
      throw new IllegalArgumentException(
          "leaseName needs the environment variables POD_NAMESPACE, where the Lease is, and"
              + " POD_NAME, which tells replicas apart");
    }
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(leaseName)
        .withLeaseNamespace(namespace)
        .withIdentity(identity())
        .withLeaderCallbacks(
            new LeaderCallbacks(
                () -> LOG.info("this replica leads"),
                lost,
                leader -> LOG.info("{} leads", leader.isEmpty() ? "no replica" : leader)))
        .withExitOnStopLeading(false)
        .build();
  }

  /**
   * Gives the Lease back, which the SDK does not: else the next replica had to wait until it has
   * run out.
   */
  void release(KubernetesClient client) {
    try {
      var lease = client.leases().inNamespace(namespace()).withName(leaseName).get();
      if (lease != null && identity().equals(lease.getSpec().getHolderIdentity())) {
        lease.getSpec().setRenewTime(LONG_AGO);
        client.resource(lease).lockResourceVersion().update();
      }
    } catch (KubernetesClientException e) {
      LOG.warn("the Lease {} was not given back: {}", leaseName, e.getMessage());
    }
  }

  private String namespace() {
    return environment.getOrDefault("POD_NAMESPACE", "");
  }

  private String identity() {
    return environment.getOrDefault("POD_NAME", "");
  }
}
