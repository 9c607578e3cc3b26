package dev.stagewright.controller.pods;

import dev.stagewright.api.v1alpha1.StageSettings;
import dev.stagewright.api.v1alpha1.StageVolume;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The volumes that a stage's instructions see by the user's wish. */
record UserVolumes(StageSettings settings) {
  /** Paths of mounts hold none. */
  private static final String SEPARATOR = ":";

  List<MountedVolume> mounts() {
    var mounts = new ArrayList<MountedVolume>();
    for (var volume : settings.volumes()) {
      mounts.add(mount("volume-" + mounts.size(), volume));
    }
    return mounts;
  }

  private static MountedVolume mount(String name, StageVolume volume) {
    var path = volume.mountPath();
    var subPath = Optional.ofNullable(volume.subPath());
    if (volume.configMap() != null) {
      var mount = MountedVolume.configMap(name, volume.configMap().name(), path);
      return new MountedVolume(mount.volume(), path, subPath, true);
    }
    if (volume.secret() != null) {
      var mount = MountedVolume.secret(name, volume.secret().name(), path);
      return new MountedVolume(mount.volume(), path, subPath, true);
    }
    var claim = Optional.ofNullable(volume.persistentVolumeClaim()).orElseThrow();
    return MountedVolume.claim(name, claim.name(), path, subPath, volume.readOnly());
  }

  /**
   * The Pod whose runtime knows which of its mounts are the user's: commands see them in whatever
   * sandbox, and no layer has them.
   *
   * @param own paths of the mounts that are ours
   */
  static Pod announced(Pod pod, Set<String> own) {
    var paths =
        pod.getSpec().getContainers().getFirst().getVolumeMounts().stream()
            .map(VolumeMount::getMountPath)
            .filter(path -> !own.contains(path))
            .toList();
    return paths.isEmpty()
        ? pod
        : new PodBuilder(pod)
            .editSpec()
            .editFirstContainer()
            .addToCommand("--volumes", String.join(SEPARATOR, paths))
            .endContainer()
            .endSpec()
            .build();
  }
}
