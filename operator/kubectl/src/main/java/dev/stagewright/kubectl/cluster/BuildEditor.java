package dev.stagewright.kubectl.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.stagewright.api.v1alpha1.ImageBuild;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** Changes the builds of a namespace. */
public record BuildEditor(BuildReader builds) {
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  /**
   * Sets an annotation of a build.
   *
   * @throws NotFoundException if the build has been deleted
   */
  public ImageBuild annotate(String name, String key, String value)
      throws ClusterException, NotFoundException {
    var patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").putObject("annotations").put(key, value);
    var action = "patch ImageBuild " + name;
    try {
      return builds
          .client()
          .resources(ImageBuild.class)
          .inNamespace(builds.namespace())
          .withName(name)
          .patch(
              new PatchContext.Builder()
                  .withPatchType(PatchType.JSON_MERGE)
                  .withFieldManager("stagewright")
                  .build(),
              patch.toString());
    } catch (KubernetesClientException e) {
      if (e.getCode() == NOT_FOUND) {
        throw new NotFoundException(
            "no ImageBuild " + name + " in namespace " + builds.namespace());
      }
      if (e.getCode() == FORBIDDEN) {
        throw new ClusterException(
            "you are not allowed to %s in namespace %s, which requires the verb patch on imagebuilds.stagewright.dev"
                .formatted(action, builds.namespace()));
      }
      throw builds.failure(action, e);
    }
  }
}
