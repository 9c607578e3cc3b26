package dev.stagewright.controller.run;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Optional;

/**
 * The ImageBuild that may write the ConfigMap of {@code spec.output.configMap}. An annotation of
 * the ConfigMap names it: the operator sets the annotation when it creates the ConfigMap, and
 * whoever owns a ConfigMap that exists can set it.
 *
 * @param build name of the ImageBuild
 */
public record ConfigMapWriter(String build) {
  /** On the ConfigMap: the name of the ImageBuild in its namespace that may write it. */
  public static final String ANNOTATION = "stagewright.dev/imagebuild";

  /** The writer of a ConfigMap; empty if it is not for an ImageBuild. */
  public static Optional<ConfigMapWriter> of(ConfigMap configMap) {
    return Optional.ofNullable(configMap.getMetadata().getAnnotations())
        .flatMap(annotations -> Optional.ofNullable(annotations.get(ANNOTATION)))
        .map(ConfigMapWriter::new);
  }

  /** Why this ImageBuild may not write a ConfigMap that exists; empty if it may. */
  public Optional<String> problem(ConfigMap existing) {
    var other = of(existing);
    return other.equals(Optional.of(this))
        ? Optional.empty()
        : Optional.of(
            "the ConfigMap %s exists and %s; set another name, or allow this ImageBuild to write it: kubectl annotate%s configmap %s %s=%s"
                .formatted(
                    existing.getMetadata().getName(),
                    other
                        .map(it -> "belongs to the ImageBuild " + it.build())
                        .orElse("was not created by this ImageBuild"),
                    other.isPresent() ? " --overwrite" : "",
                    existing.getMetadata().getName(),
                    ANNOTATION,
                    build));
  }
}
