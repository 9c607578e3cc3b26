package dev.stagewright.kubectl.cluster;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.Mounts;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the builds of a namespace.
 *
 * @param client client of the cluster
 * @param namespace namespace of the builds
 */
public record BuildReader(KubernetesClient client, String namespace) {
  /** The keys of Docker configs in Secrets; the first that exists is used. */
  private static final List<String> DOCKER_CONFIGS =
      List.of(".dockerconfigjson", "config.json", ".dockercfg");

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  /** All builds, by name. */
  public List<ImageBuild> list() throws ClusterException {
    return request(
        "list ImageBuilds",
        () -> client.resources(ImageBuild.class).inNamespace(namespace).list().getItems());
  }

  /** The build. */
  public ImageBuild build(String name) throws ClusterException, NotFoundException {
    return requireFound(
        name,
        request(
            "get ImageBuild " + name,
            () -> client.resources(ImageBuild.class).inNamespace(namespace).withName(name).get()));
  }

  /** The build and the Pods of its run. */
  public BuildSnapshot snapshot(String name) throws ClusterException, NotFoundException {
    var build = build(name);
    var selector = RunLabels.selector(build);
    var pods =
        request(
            "list Pods",
            () -> client.pods().inNamespace(namespace).withLabels(selector).list().getItems());
    return new BuildSnapshot(
        build, pods.stream().map(TaskContainer::of).flatMap(List::stream).toList());
  }

  /** The resource as the API server stores it, without {@code managedFields}. */
  public GenericKubernetesResource resource(String name)
      throws ClusterException, NotFoundException {
    var resource =
        requireFound(
            name,
            request(
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

  /** The plan of the run; empty if there is no plan or the user is not allowed to read it. */
  public Optional<BuildPlan> plan(BuildSnapshot snapshot) {
    try {
      return client
          .configMaps()
          .inNamespace(namespace)
          .withLabels(RunLabels.selector(snapshot.build()))
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

  /** Whether a container no longer writes to its log; true for a container that does not exist. */
  public boolean isTerminated(ContainerName container) throws ClusterException {
    return request(
        "get Pod " + container.pod(),
        () ->
            Optional.ofNullable(
                    client.pods().inNamespace(namespace).withName(container.pod()).get())
                .map(pod -> TaskContainer.state(pod, container.container()))
                .map(state -> state == TaskContainer.State.TERMINATED)
                .orElse(true));
  }

  /**
   * The Docker config in a Secret.
   *
   * @throws NotFoundException if the Secret does not exist or does not contain one
   */
  public byte[] dockerConfig(String secret) throws ClusterException, NotFoundException {
    var found = secret(secret);
    if (found == null) {
      throw new NotFoundException("no Secret " + secret + " in namespace " + namespace);
    }
    var data = Optional.ofNullable(found.getData()).orElse(Map.of());
    return DOCKER_CONFIGS.stream()
        .flatMap(key -> Optional.ofNullable(data.get(key)).stream())
        .findFirst()
        .map(Base64.getDecoder()::decode)
        .orElseThrow(() ->
            new NotFoundException(
                "Secret %s has none of the keys %s"
                    .formatted(secret, String.join(", ", DOCKER_CONFIGS))));
  }

  private @Nullable Secret secret(String name) throws ClusterException {
    try {
      return client.secrets().inNamespace(namespace).withName(name).get();
    } catch (KubernetesClientException e) {
      var action = "get Secret " + name;
      throw new ClusterException(
          e.getCode() == FORBIDDEN
              ? "you are not allowed to " + action + " in namespace " + namespace
              : message(action, e),
          isTransient(e),
          e);
    }
  }

  private <T> T requireFound(String name, T resource) throws NotFoundException {
    if (resource == null) {
      throw new NotFoundException("no ImageBuild " + name + " in namespace " + namespace);
    }
    return resource;
  }

  <T> T request(String action, Supplier<T> request) throws ClusterException {
    try {
      return request.get();
    } catch (KubernetesClientException e) {
      throw failure(action, e);
    }
  }

  /** The exception for a request that failed. */
  ClusterException failure(String action, KubernetesClientException e) {
    return new ClusterException(message(action, e), isTransient(e), e);
  }

  private static boolean isTransient(KubernetesClientException e) {
    return !hasStatusCode(e) || e.getCode() == TOO_MANY_REQUESTS || e.getCode() >= SERVER_ERROR;
  }

  private static boolean hasStatusCode(KubernetesClientException e) {
    return e.getCode() > 0;
  }

  private String message(String action, KubernetesClientException e) {
    if (!hasStatusCode(e)) {
      return "cannot reach the cluster at " + client.getMasterUrl() + ": " + rootCause(e);
    }
    return switch (e.getCode()) {
      case UNAUTHORIZED ->
          "the cluster does not accept your credentials; check whether your login has expired";
      case FORBIDDEN -> ClusterException.forbiddenMessage(action, namespace);
      case NOT_FOUND ->
          "the cluster does not know the resource ImageBuild; check whether Stagewright is"
              + " installed";
      default -> "cannot " + action + ": " + e.getMessage();
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
