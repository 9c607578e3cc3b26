package dev.stagewright.controller.pods;

import dev.stagewright.api.v1alpha1.BuildSecret;
import dev.stagewright.api.v1alpha1.CertificateSource;
import io.fabric8.kubernetes.api.model.KeyToPathBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.VolumeProjectionBuilder;
import java.util.List;
import java.util.Optional;

/**
 * A volume and where a container sees it.
 *
 * @param volume may be the same for several mounts
 * @param path in the container
 * @param subPath inside the volume; empty for all of it
 */
record MountedVolume(Volume volume, String path, Optional<String> subPath, boolean readOnly) {
  private static final int OWNER_ONLY = 0400;

  static MountedVolume claim(
      String name, String claim, String path, Optional<String> subPath, boolean readOnly) {
    var volume =
        new VolumeBuilder()
            .withName(name)
            .withNewPersistentVolumeClaim()
            .withClaimName(claim)
            .endPersistentVolumeClaim()
            .build();
    return new MountedVolume(volume, path, subPath, readOnly);
  }

  static MountedVolume configMap(String name, String configMap, String path) {
    var volume =
        new VolumeBuilder()
            .withName(name)
            .withNewConfigMap()
            .withName(configMap)
            .endConfigMap()
            .build();
    return new MountedVolume(volume, path, Optional.empty(), true);
  }

  /** One value of a ConfigMap or Secret, as {@code ca.crt}. */
  static MountedVolume certificates(String name, CertificateSource source, String path) {
    var item = new KeyToPathBuilder().withKey(source.key()).withPath("ca.crt").build();
    var builder = new VolumeBuilder().withName(name);
    if (source.secret() != null) {
      builder
          .withNewSecret()
          .withSecretName(source.secret().name())
          .withDefaultMode(OWNER_ONLY)
          .withItems(item)
          .endSecret();
    }
    if (source.configMap() != null) {
      builder.withNewConfigMap().withName(source.configMap().name()).withItems(item).endConfigMap();
    }
    return new MountedVolume(builder.build(), path, Optional.empty(), true);
  }

  /** A Secret that need not be there: its folder is empty then. */
  static MountedVolume optionalSecret(String name, String secret, String path) {
    var volume =
        new VolumeBuilder()
            .withName(name)
            .withNewSecret()
            .withSecretName(secret)
            .withDefaultMode(OWNER_ONLY)
            .withOptional(true)
            .endSecret()
            .build();
    return new MountedVolume(volume, path, Optional.empty(), true);
  }

  static MountedVolume secret(String name, String secret, String path) {
    var volume =
        new VolumeBuilder()
            .withName(name)
            .withNewSecret()
            .withSecretName(secret)
            .withDefaultMode(OWNER_ONLY)
            .endSecret()
            .build();
    return new MountedVolume(volume, path, Optional.empty(), true);
  }

  /** Values of several Secrets as files of one folder, each by its id. */
  static MountedVolume secretFiles(String name, List<BuildSecret> secrets, String path) {
    var sources =
        secrets.stream()
            .map(secret ->
                new VolumeProjectionBuilder()
                    .withNewSecret()
                    .withName(secret.secret().name())
                    .addNewItem()
                    .withKey(secret.secret().key())
                    .withPath(secret.id())
                    .endItem()
                    .endSecret()
                    .build())
            .toList();
    var volume =
        new VolumeBuilder()
            .withName(name)
            .withNewProjected()
            .withDefaultMode(OWNER_ONLY)
            .withSources(sources)
            .endProjected()
            .build();
    return new MountedVolume(volume, path, Optional.empty(), true);
  }

  static MountedVolume emptyDir(String name, String path, boolean readOnly) {
    var volume = new VolumeBuilder().withName(name).withNewEmptyDir().endEmptyDir().build();
    return new MountedVolume(volume, path, Optional.empty(), readOnly);
  }

  /** A folder of the same volume. */
  MountedVolume task(String folder, String at) {
    return new MountedVolume(volume, at, Optional.of(folder), readOnly);
  }

  static MountedVolume image(String name, String reference, String path) {
    var volume =
        new VolumeBuilder()
            .withName(name)
            .withNewImage()
            .withReference(reference)
            .withPullPolicy("IfNotPresent")
            .endImage()
            .build();
    return new MountedVolume(volume, path, Optional.empty(), true);
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
