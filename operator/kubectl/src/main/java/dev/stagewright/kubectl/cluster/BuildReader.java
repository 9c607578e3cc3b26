package dev.stagewright.kubectl.cluster;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.Mounts;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads builds of one namespace.
 *
 * @param client talks to the cluster
 * @param namespace of the builds
 */
public record BuildReader(KubernetesClient client, String namespace) {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  /** All builds, by name. */
  public List<ImageBuild> list() throws ClusterException {
    return ask(
        "list ImageBuilds",
        () -> client.resources(ImageBuild.class).inNamespace(namespace).list().getItems());
  }

  /** The build and the Pods of its run. */
  public Snapshot snapshot(String name) throws ClusterException, NotFoundException {
    var build =
        found(
            name,
            ask(
                "get ImageBuild " + name,
                () ->
                    client
                        .resources(ImageBuild.class)
                        .inNamespace(namespace)
                        .withName(name)
                        .get()));
    var labels =
        Map.of(
            RunLabels.BUILD_UID,
            build.getMetadata().getUid(),
            RunLabels.RUN,
            Long.toString(Snapshot.run(build)));
    var pods =
        ask(
            "list Pods",
            () -> client.pods().inNamespace(namespace).withLabels(labels).list().getItems());
    return new Snapshot(build, pods.stream().map(BuildPod::of).toList());
  }

  /** The resource as the API server has it, without who manages which field. */
  public GenericKubernetesResource resource(String name)
      throws ClusterException, NotFoundException {
    var resource =
        found(
            name,
            ask(
                "get ImageBuild " + name,
                () ->
                    client
                        .genericKubernetesResources(
                            ImageBuild.GROUP + "/" + ImageBuild.VERSION, ImageBuild.KIND)
                        .inNamespace(namespace)
                        .withName(name)
                        .get()));
    resource.getMetadata().setManagedFields(List.of());
    return resource;
  }

  /** The plan of the run; empty where there is none, or it may not be read. */
  public Optional<BuildPlan> plan(Snapshot snapshot) {
    var labels =
        Map.of(
            RunLabels.BUILD_UID,
            snapshot.build().getMetadata().getUid(),
            RunLabels.RUN,
            Long.toString(snapshot.run()));
    try {
      return client
          .configMaps()
          .inNamespace(namespace)
          .withLabels(labels)
          .list()
          .getItems()
          .stream()
          .flatMap(map -> Optional.ofNullable(map.getData()).stream())
          .flatMap(data -> Optional.ofNullable(data.get(Mounts.PLAN_FILE)).stream())
          .map(json -> Json.read(json, BuildPlan.class))
          .findFirst();
    } catch (KubernetesClientException | Json.MalformedJsonException e) {
      return Optional.empty();
    }
  }

  /** Whether a Pod writes no more into its log; so it is with one that is gone. */
  public boolean isOver(String pod) throws ClusterException {
    return ask(
        "get Pod " + pod,
        () ->
            Optional.ofNullable(client.pods().inNamespace(namespace).withName(pod).get())
                .map(BuildPod::progress)
                .map(progress -> progress == BuildPod.Progress.OVER)
                .orElse(true));
  }

  private <T> T found(String name, T found) throws NotFoundException {
    if (found == null) {
      throw new NotFoundException("no ImageBuild " + name + " in namespace " + namespace);
    }
    return found;
  }

  private <T> T ask(String what, Supplier<T> question) throws ClusterException {
    try {
      return question.get();
    } catch (KubernetesClientException e) {
      throw new ClusterException(explain(what, e), isPassing(e), e);
    }
  }

  private static boolean isPassing(KubernetesClientException e) {
    return !isAnswer(e) || e.getCode() == 429 || e.getCode() >= 500;
  }

  private static boolean isAnswer(KubernetesClientException e) {
    return e.getCode() > 0;
  }

  private String explain(String what, KubernetesClientException e) {
    if (!isAnswer(e)) {
      return "cannot reach the cluster at " + client.getMasterUrl() + ": " + rootCause(e);
    }
    return switch (e.getCode()) {
      case UNAUTHORIZED ->
          "the cluster does not accept these credentials; is the login still valid?";
      case FORBIDDEN ->
          "you may not " + what + " in namespace " + namespace + "; " + RightsNeeded.TEXT;
      case NOT_FOUND -> "the cluster has no ImageBuilds; is Stagewright installed there?";
      default -> "cannot " + what + ": " + e.getMessage();
    };
  }

  private static String rootCause(Throwable e) {
    var cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    var message = Objects.toString(cause.getMessage(), "");
    return message.isEmpty() ? cause.getClass().getSimpleName() : message;
  }
}
