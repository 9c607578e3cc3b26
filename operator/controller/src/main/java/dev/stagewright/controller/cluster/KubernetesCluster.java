package dev.stagewright.controller.cluster;

import dev.stagewright.api.v1alpha1.ImageBuild;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.client.Client;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accesses a cluster through the Kubernetes client.
 *
 * @param withoutRetries the same client without retries
 * @param featureDetection detects the features of the nodes
 * @param events creates Events
 */
public record KubernetesCluster(
    KubernetesClient client,
    Client withoutRetries,
    Supplier<Cluster.Features> featureDetection,
    EventRecorder events)
    implements Cluster {
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesCluster.class);
  private static final int BAD_REQUEST = 400;

  /** Access with a derived client for requests without retries. */
  public KubernetesCluster(
      KubernetesClient client, Supplier<Cluster.Features> featureDetection, EventRecorder events) {
    this(client, LogConnection.withoutRetries(client), featureDetection, events);
  }

  @Override
  public Optional<Pod> pod(String namespace, String name) {
    return Optional.ofNullable(client.pods().inNamespace(namespace).withName(name).get());
  }

  @Override
  public Optional<PersistentVolumeClaim> claim(String namespace, String name) {
    return Optional.ofNullable(
        client.persistentVolumeClaims().inNamespace(namespace).withName(name).get());
  }

  @Override
  public Optional<ConfigMap> configMap(String namespace, String name) {
    return Optional.ofNullable(client.configMaps().inNamespace(namespace).withName(name).get());
  }

  @Override
  public List<String> pullSecrets(String namespace, String serviceAccount) {
    try {
      return Optional.ofNullable(
              client.serviceAccounts().inNamespace(namespace).withName(serviceAccount).get())
          .map(ServiceAccount::getImagePullSecrets)
          .orElse(List.of())
          .stream()
          .map(LocalObjectReference::getName)
          .filter(Objects::nonNull)
          .toList();
    } catch (KubernetesClientException e) {
      if (e.getCode() != ObjectCreation.FORBIDDEN) {
        throw e;
      }
      LOG.warn(
          "cannot read the pull secrets of ServiceAccount {}/{}: {}",
          namespace,
          serviceAccount,
          ObjectCreation.message(e));
      return List.of();
    }
  }

  /**
   * Requests the log directly, because the client's method waits until the Pod is ready, which a
   * Pod that has ended never becomes. Does not retry, because a lost node would block the caller
   * for minutes.
   */
  @Override
  public PodLog log(String namespace, String pod, String container, Optional<Integer> lines) {
    var uri =
        "/api/v1/namespaces/%s/pods/%s/log?container=%s%s"
            .formatted(
                namespace, pod, container, lines.map(count -> "&tailLines=" + count).orElse(""));
    try {
      return Optional.ofNullable(withoutRetries.raw(uri))
          .<PodLog>map(PodLog.Text::new)
          .orElseGet(() -> new PodLog.Unavailable("not found"));
    } catch (KubernetesClientException e) {
      var reason = ObjectCreation.message(e);
      if (e.getCode() != BAD_REQUEST) {
        LOG.warn("cannot read the log of Pod {}/{}: {}", namespace, pod, reason);
      }
      return new PodLog.Unavailable(reason);
    }
  }

  @Override
  public Optional<Warning> latestWarning(String namespace, String object) {
    return client
        .v1()
        .events()
        .inNamespace(namespace)
        .withField("involvedObject.name", object)
        .withField("type", "Warning")
        .list()
        .getItems()
        .stream()
        .max(Comparator.comparing(KubernetesCluster::time))
        .map(event ->
            new Warning(event.getReason(), Objects.toString(event.getMessage(), "").strip()));
  }

  /** Without the permission to read nodes, all nodes count as ready. */
  @Override
  public boolean isReady(String name) {
    try {
      var node = client.nodes().withName(name).get();
      return node != null && ClusterFeatureDetection.isReady(node);
    } catch (KubernetesClientException e) {
      if (e.getCode() == ObjectCreation.FORBIDDEN) {
        return true;
      }
      throw e;
    }
  }

  private static String time(Event event) {
    return Objects.toString(event.getLastTimestamp(), "");
  }

  @Override
  public Creation create(HasMetadata object) {
    return new ObjectCreation(client).create(object);
  }

  @Override
  public Creation publish(ConfigMap entries) {
    return new ObjectCreation(client).publish(entries);
  }

  /** Deletes by UID, since neither the name nor a cached version identifies an object reliably. */
  @Override
  public void delete(HasMetadata object) {
    new ObjectDeletion(client).delete(object);
  }

  @Override
  public boolean end(Pod pod) {
    return new ObjectDeletion(client).end(pod);
  }

  @Override
  public List<LimitRange> limitRanges(String namespace) {
    try {
      return client.limitRanges().inNamespace(namespace).list().getItems();
    } catch (KubernetesClientException e) {
      if (e.getCode() == ObjectCreation.FORBIDDEN) {
        return List.of();
      }
      throw e;
    }
  }

  @Override
  public void reclaim(PersistentVolumeClaim claim) {
    new ObjectDeletion(client).deleteUnprotected(claim);
  }

  @Override
  public boolean exists(ImageBuild build) {
    return Optional.ofNullable(client.resource(build).get())
        .map(HasMetadata::getMetadata)
        .filter(metadata -> metadata.getUid().equals(build.getMetadata().getUid()))
        .filter(metadata -> metadata.getDeletionTimestamp() == null)
        .isPresent();
  }

  @Override
  public void deleteUnchanged(ImageBuild build) {
    new ObjectDeletion(client).deleteUnchanged(build);
  }

  @Override
  public void recordEvent(ImageBuild about, EventDraft event) {
    events.record(about, event);
  }

  @Override
  public Features features() {
    return featureDetection.get();
  }
}
