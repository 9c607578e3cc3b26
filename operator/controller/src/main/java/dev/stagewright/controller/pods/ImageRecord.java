package dev.stagewright.controller.pods;

import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;

/**
 * What tools that deploy images read of one that was pushed. It belongs to nobody: what was
 * deployed stays when the ImageBuild goes.
 *
 * @param image with its tag
 * @param digest of its manifest
 */
public record ImageRecord(ImageReference image, Digest digest) {
  private static final String BUILD = "stagewright.dev/imagebuild";

  /** A ConfigMap of this name, in the run's namespace, that says it. */
  public ConfigMap in(BuildRun run, String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(run.namespace())
        .withName(name)
        .addToAnnotations(BUILD, run.build())
        .endMetadata()
        .addToData("image", image.pinned(digest).toString())
        .addToData("repository", image.name())
        .addToData("tag", image.tag().orElse(""))
        .addToData("digest", digest.toString())
        .build();
  }
}
