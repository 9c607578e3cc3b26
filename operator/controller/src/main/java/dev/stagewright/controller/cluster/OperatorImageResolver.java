package dev.stagewright.controller.cluster;

import dev.stagewright.controller.config.OperatorConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;

/**
 * The image that the operator itself runs, read off its own Pod: whatever tool set it in the
 * Deployment, the Pods of builds then run the same.
 *
 * @param environment of the process; the Deployment puts the Pod's name and namespace there
 */
public record OperatorImageResolver(KubernetesClient client, Map<String, String> environment) {
  private static final String CONTAINER = "operator";

  /**
   * The image as the Pod's spec has it.
   *
   * @throws IllegalArgumentException if the operator does not know its own Pod
   */
  public String find() {
    var name = environment.getOrDefault("POD_NAME", "");
    var namespace = environment.getOrDefault("POD_NAMESPACE", "");
    if (name.isEmpty() || namespace.isEmpty()) {
      throw new IllegalArgumentException(
          "image is not set: put it into the configuration file or into "
              + OperatorConfig.IMAGE_VARIABLE
              + ", or set POD_NAME and POD_NAMESPACE to the operator's own Pod");
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
