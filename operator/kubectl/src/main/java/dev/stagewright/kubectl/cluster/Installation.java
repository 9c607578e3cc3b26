package dev.stagewright.kubectl.cluster;

import dev.stagewright.api.v1alpha1.ImageBuild;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What is installed in a cluster, as far as the user may see it.
 *
 * @param crd version of the CRD
 * @param operators the Deployments of operators
 */
public record Installation(Finding<String> crd, Finding<List<Operator>> operators) {
  private static final int FORBIDDEN = 403;
  private static final String VERSION_LABEL = "app.kubernetes.io/version";
  private static final Map<String, String> OPERATOR =
      Map.of("app.kubernetes.io/name", "stagewright");
  private static final Pattern TAG = Pattern.compile(":([^:/@]+)(?:@.*)?$");

  /** Something that was looked up in the cluster. */
  public sealed interface Finding<T> {
    /** It was found. */
    record Found<T>(T value) implements Finding<T> {}

    /** It is not known, for this reason. */
    record Unknown<T>(String reason) implements Finding<T> {}
  }

  /**
   * An operator.
   *
   * @param name namespace and name of its Deployment
   * @param version empty if neither its labels nor its image tell
   * @param ready number of Pods that are ready
   */
  public record Operator(String name, Optional<String> version, int ready, int replicas) {}

  /**
   * Looks up the installation.
   *
   * @throws ClusterException if the cluster cannot be reached
   */
  public static Installation of(BuildReader builds) throws ClusterException {
    var client = builds.client();
    return new Installation(
        lookUp(
            builds,
            "get customresourcedefinitions",
            () ->
                Optional.ofNullable(
                        client
                            .apiextensions()
                            .v1()
                            .customResourceDefinitions()
                            .withName("imagebuilds." + ImageBuild.GROUP)
                            .get())
                    .<Finding<String>>map(crd ->
                        Optional.ofNullable(crd.getMetadata().getLabels())
                            .map(labels -> labels.get(VERSION_LABEL))
                            .<Finding<String>>map(Finding.Found::new)
                            .orElseGet(
                                () -> new Finding.Unknown<>("it has no label " + VERSION_LABEL)))
                    .orElseGet(() -> new Finding.Unknown<>("it is not installed"))),
        lookUp(
            builds,
            "list deployments in all namespaces",
            () -> new Finding.Found<>(operators(client))));
  }

  private static List<Operator> operators(KubernetesClient client) {
    return client
        .apps()
        .deployments()
        .inAnyNamespace()
        .withLabels(OPERATOR)
        .list()
        .getItems()
        .stream()
        .map(Installation::operator)
        .toList();
  }

  private static Operator operator(Deployment deployment) {
    var metadata = deployment.getMetadata();
    var label = Optional.ofNullable(metadata.getLabels()).map(labels -> labels.get(VERSION_LABEL));
    var image =
        deployment.getSpec().getTemplate().getSpec().getContainers().stream()
            .map(Container::getImage)
            .findFirst();
    var ready =
        Optional.ofNullable(deployment.getStatus()).map(status -> status.getReadyReplicas());
    return new Operator(
        metadata.getNamespace() + "/" + metadata.getName(),
        label.or(() -> image.flatMap(Installation::tag)),
        ready.orElse(0),
        Optional.ofNullable(deployment.getSpec().getReplicas()).orElse(1));
  }

  private static Optional<String> tag(String image) {
    var match = TAG.matcher(image);
    return match.find() ? Optional.of(match.group(1)) : Optional.empty();
  }

  private static <T> Finding<T> lookUp(
      BuildReader builds, String action, Supplier<Finding<T>> request) throws ClusterException {
    try {
      return request.get();
    } catch (KubernetesClientException e) {
      if (e.getCode() == FORBIDDEN) {
        return new Finding.Unknown<>("you are not allowed to " + action);
      }
      throw builds.failure(action, e);
    }
  }
}
