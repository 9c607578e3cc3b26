package dev.stagewright.controller.pods;

import dev.stagewright.api.v1alpha1.BuildSecret;
import dev.stagewright.api.v1alpha1.CertificateSource;
import dev.stagewright.api.v1alpha1.StageVolume;
import dev.stagewright.controller.run.PodVolume;
import dev.stagewright.protocol.Mounts;
import io.fabric8.kubernetes.api.model.KeyToPathBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.VolumeProjectionBuilder;
import java.util.List;
import java.util.Optional;

/**
 * A volume of a Pod, and a mount of it in the main container.
 *
 * @param volume the same for all mounts of the volume
 * @param path where the container sees the volume
 * @param subPath path inside the volume; empty for the whole volume
 */
record MountedVolume(Volume volume, String path, Optional<String> subPath, boolean readOnly) {
  private static final int OWNER_ONLY = 0400;

  /** A directory of a claim. */
  static MountedVolume claim(
      PodVolume name, String claim, String path, Optional<String> subPath, boolean readOnly) {
    return claim(name.volumeName(), claim, path, subPath, readOnly);
  }

  private static MountedVolume claim(
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

  /** A ConfigMap. */
  static MountedVolume configMap(PodVolume name, String configMap, String path) {
    return configMap(name.volumeName(), configMap, path, Optional.empty());
  }

  private static MountedVolume configMap(
      String name, String configMap, String path, Optional<String> subPath) {
    var volume =
        new VolumeBuilder()
            .withName(name)
            .withNewConfigMap()
            .withName(configMap)
            .endConfigMap()
            .build();
    return new MountedVolume(volume, path, subPath, true);
  }

  /** One value of a ConfigMap or Secret, as the file {@code ca.crt}. */
  static MountedVolume authorities(int index, CertificateSource source, String path) {
    return authorities(PodVolume.PUSH_AUTHORITIES.volumeName(index), source, path);
  }

  /** The certificate authorities of a source, as the file {@code ca.crt}. */
  static MountedVolume sourceAuthorities(CertificateSource source, String path) {
    return authorities(PodVolume.SOURCE_AUTHORITIES.volumeName(), source, path);
  }

  /** One value of a ConfigMap or Secret, as the file {@code ca.crt}. */
  static MountedVolume authorities(String name, CertificateSource source, String path) {
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

  /** A Secret that may be missing: its directory is then empty. */
  static MountedVolume optionalSecret(PodVolume name, int index, String secret, String path) {
    var mount = secret(name, index, secret, path);
    mount.volume().getSecret().setOptional(true);
    return mount;
  }

  /** A Secret. */
  static MountedVolume secret(PodVolume name, String secret, String path) {
    return secret(name.volumeName(), secret, path, Optional.empty());
  }

  /** One of several Secrets of the same kind. */
  static MountedVolume secret(PodVolume name, int index, String secret, String path) {
    return secret(name.volumeName(index), secret, path, Optional.empty());
  }

  private static MountedVolume secret(
      String name, String secret, String path, Optional<String> subPath) {
    var volume =
        new VolumeBuilder()
            .withName(name)
            .withNewSecret()
            .withSecretName(secret)
            .withDefaultMode(OWNER_ONLY)
            .endSecret()
            .build();
    return new MountedVolume(volume, path, subPath, true);
  }

  /**
   * Values of several Secrets as files of one directory. The files have the ids of the secrets as
   * names, which the name of a volume could not contain.
   */
  static List<MountedVolume> secretFiles(List<BuildSecret> secrets) {
    if (secrets.isEmpty()) {
      return List.of();
    }
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
            .withName(PodVolume.SECRETS.volumeName())
            .withNewProjected()
            .withDefaultMode(OWNER_ONLY)
            .withSources(sources)
            .endProjected()
            .build();
    return List.of(new MountedVolume(volume, Mounts.SECRETS, Optional.empty(), true));
  }

  /** A volume of {@code spec.stages[].volumes}. */
  static MountedVolume ofStage(int index, StageVolume volume) {
    var name = PodVolume.STAGE_VOLUME.volumeName(index);
    var path = volume.mountPath();
    var subPath = Optional.ofNullable(volume.subPath());
    if (volume.configMap() != null) {
      return configMap(name, volume.configMap().name(), path, subPath);
    }
    if (volume.secret() != null) {
      return secret(name, volume.secret().name(), path, subPath);
    }
    var claim = Optional.ofNullable(volume.persistentVolumeClaim()).orElseThrow();
    return claim(name, claim.name(), path, subPath, volume.readOnly());
  }

  /** An empty directory that lives as long as the Pod. */
  static MountedVolume emptyDir(PodVolume name, String path, boolean readOnly) {
    var volume =
        new VolumeBuilder().withName(name.volumeName()).withNewEmptyDir().endEmptyDir().build();
    return new MountedVolume(volume, path, Optional.empty(), readOnly);
  }

  /** A second mount: of a directory of the same volume. */
  MountedVolume directory(String directory, String mountPath) {
    return new MountedVolume(volume, mountPath, Optional.of(directory), readOnly);
  }

  /** The file system of an image. */
  static MountedVolume image(PodVolume name, String reference, String path) {
    var volume =
        new VolumeBuilder()
            .withName(name.volumeName())
            .withNewImage()
            .withReference(reference)
            .withPullPolicy("IfNotPresent")
            .endImage()
            .build();
    return new MountedVolume(volume, path, Optional.empty(), true);
  }

  /** The volumes of these mounts, each once. */
  static List<Volume> volumes(List<MountedVolume> mounts) {
    return mounts.stream().map(MountedVolume::volume).distinct().toList();
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
