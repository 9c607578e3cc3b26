package dev.stagewright.controller.pods;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.Optional;

/**
 * A volume and where a container sees it.
 *
 * @param volume may be the same for several mounts
 * @param path in the container
 * @param subPath inside the volume; empty for all of it
 */
record Mount(Volume volume, String path, Optional<String> subPath, boolean readOnly) {
  private static final int OWNER_ONLY = 0400;

  static Mount claim(
      String name, String claim, String path, Optional<String> subPath, boolean readOnly) {
    var volume =
        new VolumeBuilder()
            .withName(name)
            .withNewPersistentVolumeClaim()
            .withClaimName(claim)
            .endPersistentVolumeClaim()
            .build();
    return new Mount(volume, path, subPath, readOnly);
  }

  static Mount configMap(String name, String configMap, String path) {
    var volume =
        new VolumeBuilder()
            .withName(name)
            .withNewConfigMap()
            .withName(configMap)
            .endConfigMap()
            .build();
    return new Mount(volume, path, Optional.empty(), true);
  }

  static Mount secret(String name, String secret, String path) {
    var volume =
        new VolumeBuilder()
            .withName(name)
            .withNewSecret()
            .withSecretName(secret)
            .withDefaultMode(OWNER_ONLY)
            .endSecret()
            .build();
    return new Mount(volume, path, Optional.empty(), true);
  }

  static Mount emptyDir(String name, String path, boolean readOnly) {
    var volume = new VolumeBuilder().withName(name).withNewEmptyDir().endEmptyDir().build();
    return new Mount(volume, path, Optional.empty(), readOnly);
  }

  static Mount image(String name, String reference, String path) {
    var volume =
        new VolumeBuilder()
            .withName(name)
            .withNewImage()
            .withReference(reference)
            .withPullPolicy("IfNotPresent")
            .endImage()
            .build();
    return new Mount(volume, path, Optional.empty(), true);
  }

  VolumeMount toVolumeMount() {
    return new VolumeMountBuilder()
        .withName(volume.getName())
        .withMountPath(path)
        .withSubPath(subPath.orElse(null))
        .withReadOnly(readOnly)
        .build();
  }
}
