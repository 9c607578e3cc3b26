package dev.stagewright.controller.pods;

import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.ConfigMapWriter;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;

/**
 * The ConfigMap of {@code spec.output.configMap}, from which GitOps tools read the pushed image. It
 * has no owner, so that it remains when the ImageBuild is deleted.
 *
 * @param image reference with tag
 * @param digest of the image manifest
 */
public record ImageConfigMap(ImageReference image, Digest digest) {
  /** The ConfigMap with this name in the namespace of the run. */
  public ConfigMap in(BuildRun run, String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(run.namespace())
        .withName(name)
        .addToAnnotations(ConfigMapWriter.ANNOTATION, run.build())
        .endMetadata()
        .addToData("image", image.pinned(digest).toString())
        .addToData("repository", image.name())
        .addToData("tag", image.tag().orElse(""))
        .addToData("digest", digest.toString())
        .build();
  }
}
