package dev.stagewright.controller.cluster;

import dev.stagewright.controller.cluster.Cluster.Creation;
import dev.stagewright.controller.run.Labels;
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
   * Applies an object on the server side: sets its fields, whoever owns them, and no others.
   *
   * @throws KubernetesClientException as for {@link #create}
   */
  Creation apply(HasMetadata object) {
    try {
      client.resource(object).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply();
      return new Creation.Done();
    } catch (KubernetesClientException e) {
      return switch (e.getCode()) {
        case FORBIDDEN -> forbidden(e);
        case INVALID, BAD_REQUEST -> new Creation.Refused(message(e));
        default -> throw e;
      };
    }
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
