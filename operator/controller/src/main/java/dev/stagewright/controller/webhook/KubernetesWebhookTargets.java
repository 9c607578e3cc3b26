package dev.stagewright.controller.webhook;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.cluster.Cluster;
import dev.stagewright.controller.cluster.Cluster.EventDraft;
import dev.stagewright.controller.run.Labels;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads ImageBuilds and their Secrets from the API server, and sets annotations. */
final class KubernetesWebhookTargets implements WebhookTargets {
  private static final Set<Integer> NOT_READABLE = Set.of(403, 404);

  private final KubernetesClient client;
  private final Cluster cluster;
  private final Set<String> namespaces;
  private final String operatorName;

  /** Requests with a wrong secret must not flood a namespace with Events. */
  private final RateLimiter events;

  /**
   * Creates the operations.
   *
   * @param namespaces that the operator watches; empty for all
   * @param operatorName the name in the label of the ImageBuilds that the operator handles
   */
  KubernetesWebhookTargets(
      KubernetesClient client,
      Cluster cluster,
      Set<String> namespaces,
      String operatorName,
      InstantSource clock) {
    this.client = client;
    this.cluster = cluster;
    this.namespaces = Set.copyOf(namespaces);
    this.operatorName = operatorName;
    this.events = new RateLimiter(1, Duration.ofMinutes(10), 1000, clock);
  }

  @Override
  public Optional<ImageBuild> build(String namespace, String name) {
    if (!namespaces.isEmpty() && !namespaces.contains(namespace)) {
      return Optional.empty();
    }
    return Optional.ofNullable(
            client.resources(ImageBuild.class).inNamespace(namespace).withName(name).get())
        .filter(build -> build.getMetadata().getDeletionTimestamp() == null)
        .filter(build -> operator(build).equals(operatorName));
  }

  private static String operator(ImageBuild build) {
    return Optional.ofNullable(build.getMetadata().getLabels())
        .flatMap(labels -> Optional.ofNullable(labels.get(Labels.OPERATOR)))
        .orElse("");
  }

  @Override
  public Optional<String> secret(String namespace, String name, String key) {
    try {
      return Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get())
          .flatMap(secret -> Optional.ofNullable(secret.getData()))
          .flatMap(data -> Optional.ofNullable(data.get(key)))
          .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
    } catch (KubernetesClientException e) {
      if (NOT_READABLE.contains(e.getCode())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public boolean requestRebuild(ImageBuild build, String value) {
    var annotations = Optional.ofNullable(build.getMetadata().getAnnotations()).orElse(Map.of());
    if (value.equals(annotations.get(ImageBuild.REBUILD_ANNOTATION))) {
      return false;
    }
    var patch =
        Map.of("metadata", Map.of("annotations", Map.of(ImageBuild.REBUILD_ANNOTATION, value)));
    client
        .resources(ImageBuild.class)
        .inNamespace(build.getMetadata().getNamespace())
        .withName(build.getMetadata().getName())
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager("stagewright-webhook")
                .build(),
            client.getKubernetesSerialization().asJson(patch));
    cluster.recordEvent(build, new EventDraft(false, "WebhookReceived", value));
    return true;
  }

  @Override
  public void reportUnusableSecret(ImageBuild build, String secret) {
    if (events.accepts(build.getMetadata().getUid())) {
      cluster.recordEvent(
          build,
          new EventDraft(
              true,
              "WebhookSecretUnusable",
              "a webhook was refused, because the operator cannot read "
                  + secret
                  + ", or it is empty; create it, and allow the operator to get it"));
    }
  }
}
