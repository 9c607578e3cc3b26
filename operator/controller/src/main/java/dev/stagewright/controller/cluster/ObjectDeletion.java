package dev.stagewright.controller.cluster;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.observe.PodTermination;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Preconditions;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Deletes exactly those objects that are meant. One that is gone already is deleted enough. */
record ObjectDeletion(KubernetesClient client) {
  private static final int NOT_FOUND = 404;
  private static final long GRACE_SECONDS = 2;
  private static final String IN_USE = "kubernetes.io/pvc-protection";

  /** Whatever its version: that of a cache may be an old one. */
  void delete(HasMetadata object) {
    delete(object, new Preconditions(null, object.getMetadata().getUid()));
  }

  /** Not if it has changed meanwhile. */
  void deleteUnchanged(ImageBuild build) {
    var metadata = build.getMetadata();
    delete(build, new Preconditions(metadata.getResourceVersion(), metadata.getUid()));
  }

  private void delete(HasMetadata object, Preconditions preconditions) {
    var metadata = object.getMetadata();
    var group = object.getApiVersion().contains("/") ? "/apis/" : "/api/";
    var uri =
        group
            + "%s/namespaces/%s/%s/%s"
                .formatted(
                    object.getApiVersion(),
                    metadata.getNamespace(),
                    object.getPlural().toLowerCase(Locale.ROOT),
                    metadata.getName());
    unlessGone(() -> client.raw(uri, "DELETE", options(preconditions)));
  }

  private static DeleteOptions options(Preconditions preconditions) {
    return new DeleteOptionsBuilder()
        .withApiVersion("v1")
        .withKind("DeleteOptions")
        .withPropagationPolicy("Background")
        .withGracePeriodSeconds(GRACE_SECONDS)
        .withPreconditions(preconditions)
        .build();
  }

  /**
   * Takes the mark from a claim that keeps it as long as there are Pods that name it, even where
   * these have ended.
   */
  void deleteUnprotected(PersistentVolumeClaim claim) {
    delete(claim);
    var metadata = claim.getMetadata();
    var others = metadata.getFinalizers().stream().filter(name -> !name.equals(IN_USE)).toList();
    // The uid makes the patch fail on a namesake.
    var patch =
        Map.of("metadata", Map.of("uid", metadata.getUid(), "finalizers", List.copyOf(others)));
    unlessGone(() ->
        client
            .persistentVolumeClaims()
            .inNamespace(metadata.getNamespace())
            .withName(metadata.getName())
            .patch(
                PatchContext.of(PatchType.JSON_MERGE),
                client.getKubernetesSerialization().asJson(patch)));
  }

  /** A kubelet ends a Pod whose time is up, and keeps it with its logs. */
  void end(Pod pod) {
    var metadata = pod.getMetadata();
    var patch =
        Map.of(
            "metadata",
            Map.of("uid", metadata.getUid()),
            "spec",
            Map.of("activeDeadlineSeconds", PodTermination.DEADLINE_SECONDS));
    try {
      unlessGone(() ->
          client
              .pods()
              .inNamespace(metadata.getNamespace())
              .withName(metadata.getName())
              .patch(
                  PatchContext.of(PatchType.JSON_MERGE),
                  client.getKubernetesSerialization().asJson(patch)));
    } catch (KubernetesClientException e) {
      // Without the right, the Pod ends when its time is up by itself.
      if (e.getCode() != ObjectCreation.FORBIDDEN) {
        throw e;
      }
    }
  }

  private static void unlessGone(Runnable request) {
    try {
      request.run();
    } catch (KubernetesClientException e) {
      var isGone = e.getCode() == NOT_FOUND || e.getCode() == ObjectCreation.CONFLICT;
      if (!isGone) {
        throw e;
      }
    }
  }
}
