package dev.stagewright.controller.cluster;

import dev.stagewright.controller.cluster.Cluster.Creation;
import dev.stagewright.controller.run.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** Creates objects, and tells what the API server's answers mean. */
record ObjectCreation(KubernetesClient client) {
  static final int CONFLICT = 409;
  static final int FORBIDDEN = 403;
  private static final String FIELD_MANAGER = "stagewright";
  private static final int INVALID = 422;
  private static final int BAD_REQUEST = 400;
  private static final int INTERNAL = 500;

  /** In the words of the API server about webhooks, which may answer with any code. */
  private static final String DENIED = "denied the request";

  /**
   * Creates an object, or finds that it is there.
   *
   * @throws KubernetesClientException where nothing is wrong with the object: it is worth another
   *     try
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
        case CONFLICT -> present(object, e);
        case FORBIDDEN -> forbidden(e);
        case INVALID, BAD_REQUEST -> new Creation.Refused(message(e));
        case INTERNAL -> deferred(e);
        default -> throw e;
      };
    }
  }

  /** A webhook that is asked of all Pods may be out of order for a while. */
  private static Creation deferred(KubernetesClientException e) {
    var message = message(e);
    if (message.contains("failed calling webhook")) {
      return new Creation.Deferred(message);
    }
    throw e;
  }

  /**
   * Applies an object: what it names is set, whoever has set it before, and nothing else.
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

  private Creation present(HasMetadata object, KubernetesClientException conflict) {
    var there = client.resource(object).get();
    if (there == null) {
      throw conflict;
    }
    var isOurs = uid(object).equals(uid(there));
    var stays = there.getMetadata().getDeletionTimestamp() == null;
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

  /** The API server's words; those of the client where it has none. */
  static String message(KubernetesClientException e) {
    var status = e.getStatus();
    return status != null && status.getMessage() != null
        ? status.getMessage()
        : String.valueOf(e.getMessage());
  }
}
