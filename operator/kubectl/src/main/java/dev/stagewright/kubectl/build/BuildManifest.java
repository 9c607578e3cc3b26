package dev.stagewright.kubectl.build;

import dev.stagewright.api.v1alpha1.Cache;
import dev.stagewright.api.v1alpha1.ImageBuild;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The ImageBuild that the options describe. It has only the fields that the options set, so that
 * the manifest is short, and server-side apply owns no others.
 *
 * @param spec of the ImageBuild, without references to Secrets
 * @param ignoreCache whether the run ignores records of the cache
 * @param operator name of the operator that handles the build; empty for the only one
 */
public record BuildManifest(
    Map<String, Object> spec,
    BuildSecrets secrets,
    boolean ignoreCache,
    Optional<String> operator) {
  /** The field manager, and the value of the label {@code app.kubernetes.io/managed-by}. */
  public static final String MANAGER = "stagewright-build";

  /** The label that tells ImageBuilds of the command from others. */
  static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  private static final String OPERATOR = "stagewright.dev/operator";

  /** The ImageBuild without a trigger. */
  public GenericKubernetesResource object(String name, String namespace) {
    return object(name, namespace, Map.of(), Map.of());
  }

  /**
   * The ImageBuild.
   *
   * @param annotations in addition to those that the options set
   * @param fields of the spec in addition to those that the options set
   */
  GenericKubernetesResource object(
      String name, String namespace, Map<String, String> annotations, Map<String, Object> fields) {
    var whole = new LinkedHashMap<>(spec);
    secrets.addTo(whole, name);
    whole.putAll(fields);
    var all = new LinkedHashMap<>(annotations);
    if (ignoreCache) {
      all.put(Cache.IGNORE_ANNOTATION, "true");
    }
    var metadata =
        new GenericKubernetesResourceBuilder()
            .withApiVersion(ImageBuild.GROUP + "/" + ImageBuild.VERSION)
            .withKind(ImageBuild.KIND)
            .withNewMetadata()
            .withName(name)
            .withNamespace(namespace)
            .addToLabels(MANAGED_BY, MANAGER);
    operator.ifPresent(it -> metadata.addToLabels(OPERATOR, it));
    if (!all.isEmpty()) {
      metadata.addToAnnotations(all);
    }
    var object = metadata.endMetadata().build();
    object.setAdditionalProperty("spec", whole);
    return object;
  }
}
