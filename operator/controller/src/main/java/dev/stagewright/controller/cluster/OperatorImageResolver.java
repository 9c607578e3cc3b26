package dev.stagewright.controller.cluster;

import dev.stagewright.controller.config.OperatorConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;

/**
 * Reads the image of the operator from its own Pod, so that the Pods of builds run the same image,
 * whichever tool has set it in the Deployment.
 *
 * @param environment of the process, where the Deployment sets name and namespace of the Pod
 */
public record OperatorImageResolver(KubernetesClient client, Map<String, String> environment) {
  private static final String CONTAINER = "operator";

  /**
   * The image in the spec of the Pod.
   *
   * @throws IllegalArgumentException if the environment does not identify the Pod
   */
  public String resolve() {
    var name = environment.getOrDefault("POD_NAME", "");
    var namespace = environment.getOrDefault("POD_NAMESPACE", "");
    if (name.isEmpty() || namespace.isEmpty()) {
      throw new IllegalArgumentException(
          "image is not set: set it in the configuration file or in "
              + OperatorConfig.IMAGE_VARIABLE
              + ", or set POD_NAME and POD_NAMESPACE to those of the operator's Pod");
    }
    return client
        .pods()
        .inNamespace(namespace)
        .withName(name)
        .require()
        .getSpec()
        .getContainers()
        .stream()
        .filter(container -> container.getName().equals(CONTAINER))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "Pod %s/%s has no container \"%s\"".formatted(namespace, name, CONTAINER)))
        .getImage();
  }
}
