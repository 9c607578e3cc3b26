package dev.stagewright.controller.cluster;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.podstatus.SidecarShutdown;
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

/** Deletes objects, identified by UID. Objects that no longer exist are not an error. */
record ObjectDeletion(KubernetesClient client) {
  private static final int NOT_FOUND = 404;
  private static final long GRACE_SECONDS = 2;
  private static final String PVC_PROTECTION = "kubernetes.io/pvc-protection";

  /** Deletes an object of any version, since the version in a cache can be outdated. */
  void delete(HasMetadata object) {
    delete(object, new Preconditions(null, object.getMetadata().getUid()));
  }

  /** Deletes an ImageBuild unless it has changed. */
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
    ignoreMissing(() -> client.raw(uri, "DELETE", options(preconditions)));
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
   * Deletes a claim and removes the finalizer that keeps it while Pods refer to it, including Pods
   * that have ended.
   */
  void deleteUnprotected(PersistentVolumeClaim claim) {
    delete(claim);
    var metadata = claim.getMetadata();
    var others =
        metadata.getFinalizers().stream().filter(name -> !name.equals(PVC_PROTECTION)).toList();
    // With the UID, the patch fails on another object of the same name.
    var patch =
        Map.of("metadata", Map.of("uid", metadata.getUid(), "finalizers", List.copyOf(others)));
    ignoreMissing(() ->
        client
            .persistentVolumeClaims()
            .inNamespace(metadata.getNamespace())
            .withName(metadata.getName())
            .patch(
                PatchContext.of(PatchType.JSON_MERGE),
                client.getKubernetesSerialization().asJson(patch)));
  }

  /**
   * Ends a Pod through its deadline: the kubelet stops the Pod, but keeps it and its logs.
   *
   * @return whether the operator may do this; otherwise, the Pod ends at its original deadline
   */
  boolean end(Pod pod) {
    var metadata = pod.getMetadata();
    var patch =
        Map.of(
            "metadata",
            Map.of("uid", metadata.getUid()),
            "spec",
            Map.of("activeDeadlineSeconds", SidecarShutdown.DEADLINE_SECONDS));
    try {
      ignoreMissing(() ->
          client
              .pods()
              .inNamespace(metadata.getNamespace())
              .withName(metadata.getName())
              .patch(
                  PatchContext.of(PatchType.JSON_MERGE),
                  client.getKubernetesSerialization().asJson(patch)));
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() != ObjectCreation.FORBIDDEN) {
        throw e;
      }
      return false;
    }
  }

  private static void ignoreMissing(Runnable request) {
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
