package dev.stagewright.controller.pods;

import dev.stagewright.controller.config.CacheMountsConfig;
import dev.stagewright.controller.observe.CacheClaim;
import dev.stagewright.controller.run.Labels;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;

/**
 * The claim for the cache mounts of all builds of a namespace. No ImageBuild owns it, and the
 * operator does not delete it.
 */
public record CacheMountsClaim(String namespace, CacheMountsConfig config) {
  /** The claim to create. */
  public PersistentVolumeClaim claim() {
    return new PersistentVolumeClaimBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(CacheClaim.OF_OPERATOR)
        .addToLabels(Labels.MANAGED_BY, Labels.STAGEWRIGHT)
        .addToLabels("app.kubernetes.io/component", "cache-mounts")
        .endMetadata()
        .withNewSpec()
        .withStorageClassName(config.storageClassName().orElse(null))
        .withAccessModes(config.accessMode().name())
        .withNewResources()
        .addToRequests("storage", config.size())
        .endResources()
        .endSpec()
        .build();
  }
}
