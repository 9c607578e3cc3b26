package dev.stagewright.controller.cluster;

import dev.stagewright.controller.cluster.Cluster.Creation;
import dev.stagewright.controller.run.ConfigMapWriter;
import dev.stagewright.controller.run.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** Creates objects and classifies the responses of the API server. */
record ObjectCreation(KubernetesClient client) {
  static final int CONFLICT = 409;
  static final int FORBIDDEN = 403;
  private static final String FIELD_MANAGER = "stagewright";
  private static final int INVALID = 422;
  private static final int BAD_REQUEST = 400;
  private static final int INTERNAL = 500;

  /** Part of the API server's message about webhooks, which can reject with any status code. */
  private static final String DENIED = "denied the request";

  /**
   * Creates an object unless it exists.
   *
   * @throws KubernetesClientException if the request failed for a reason other than the object, so
   *     that it can be retried
   */
  Creation create(HasMetadata object) {
    try {
      client.resource(object).create();
      return new Creation.Done();
    } catch (KubernetesClientException e) {
      if (message(e).contains(DENIED)) {
        return new Creation.Refused(message(e));
      }
      return switch (e.getCode()) {
        case CONFLICT -> conflict(object, e);
        case FORBIDDEN -> forbidden(e);
        case INVALID, BAD_REQUEST -> new Creation.Refused(message(e));
        case INTERNAL -> deferred(e);
        default -> throw e;
      };
    }
  }

  /** A webhook for all Pods can be unavailable for a while. */
  private static Creation deferred(KubernetesClientException e) {
    var message = message(e);
    if (message.contains("failed calling webhook")) {
      return new Creation.Deferred(message);
    }
    throw e;
  }

  /**
   * Writes entries into a ConfigMap, unless it exists and is not for the same ImageBuild. Whoever
   * creates, replaces, or changes the ConfigMap at the same time wins: the request then fails, and
   * its retry reads the ConfigMap again.
   *
   * @throws KubernetesClientException as for {@link #create}
   */
  Creation publish(ConfigMap entries) {
    var existing = client.resource(entries).get();
    try {
      return existing == null ? createNew(entries) : apply(entries, existing);
    } catch (KubernetesClientException e) {
      return switch (e.getCode()) {
        case FORBIDDEN -> forbidden(e);
        case INVALID, BAD_REQUEST -> new Creation.Refused(message(e));
        default -> throw e;
      };
    }
  }

  private Creation createNew(ConfigMap entries) {
    client.resource(entries).create();
    return new Creation.Done();
  }

  /** Applies entries on the server side: sets them, whoever owns them, and no others. */
  private Creation apply(ConfigMap entries, ConfigMap existing) {
    var problem =
        ConfigMapWriter.of(entries)
            .map(writer -> writer.problem(existing))
            .orElseThrow(() -> new IllegalArgumentException("no ImageBuild writes " + entries));
    if (problem.isPresent()) {
      return new Creation.NotAllowed(problem.get());
    }
    var applied =
        new ConfigMapBuilder(entries)
            .editMetadata()
            .withResourceVersion(existing.getMetadata().getResourceVersion())
            .endMetadata()
            .build();
    client.resource(applied).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply();
    return new Creation.Done();
  }

  private Creation conflict(HasMetadata object, KubernetesClientException e) {
    var existing = client.resource(object).get();
    if (existing == null) {
      throw e;
    }
    var isOurs = uid(object).equals(uid(existing));
    var stays = existing.getMetadata().getDeletionTimestamp() == null;
    return isOurs && stays ? new Creation.Done() : new Creation.Occupied();
  }

  private static String uid(HasMetadata object) {
    var labels = object.getMetadata().getLabels();
    return labels == null ? "" : labels.getOrDefault(Labels.BUILD_UID, "");
  }

  private static Creation forbidden(KubernetesClientException e) {
    var message = message(e);
    return message.contains("exceeded quota")
        ? new Creation.QuotaExceeded(message)
        : new Creation.Refused(message);
  }

  /** The message of the API server, or of the client if the response has none. */
  static String message(KubernetesClientException e) {
    var status = e.getStatus();
    return status != null && status.getMessage() != null
        ? status.getMessage()
        : String.valueOf(e.getMessage());
  }
}
