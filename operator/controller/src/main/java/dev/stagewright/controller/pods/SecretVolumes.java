package dev.stagewright.controller.pods;

import dev.stagewright.api.v1alpha1.BuildSecret;
import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.api.v1alpha1.StageSettings;
import dev.stagewright.protocol.Mounts;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.StagePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The build's secrets and SSH keys, for the Pods that use them. */
record SecretVolumes(ImageBuildSpec spec) {
  /** Ids of secrets that ADD of a private repository or URL uses begin so. */
  private static final List<String> FOR_FETCHING = List.of("GIT_AUTH_", "HTTP_AUTH_");

  /**
   * Those that a stage's instructions name.
   *
   * @param settings what the stage has of its own: it hides secrets of the build with the same id
   */
  List<MountedVolume> of(StagePlan stage, Optional<StageSettings> settings) {
    var secrets =
        stage.mounts().stream()
            .filter(RunMount.Secret.class::isInstance)
            .map(mount -> ((RunMount.Secret) mount).id())
            .collect(Collectors.toSet());
    var keys =
        stage.mounts().stream()
            .filter(RunMount.Ssh.class::isInstance)
            .map(mount -> ((RunMount.Ssh) mount).id())
            .collect(Collectors.toSet());
    var mounts =
        new ArrayList<>(
            secrets(available(settings).stream().filter(it -> secrets.contains(it.id())).toList()));
    for (var i = 0; i < spec.ssh().size(); i++) {
      var ssh = spec.ssh().get(i);
      if (keys.contains(ssh.id())) {
        mounts.add(
            MountedVolume.secret("ssh-" + i, ssh.secret().name(), Mounts.SSH + "/" + ssh.id()));
      }
    }
    return mounts;
  }

  /** Those of the stage first. */
  private List<BuildSecret> available(Optional<StageSettings> settings) {
    var own = settings.map(StageSettings::secrets).orElse(List.of());
    var hidden = own.stream().map(BuildSecret::id).collect(Collectors.toSet());
    return Stream.concat(
            own.stream(), spec.secrets().stream().filter(secret -> !hidden.contains(secret.id())))
        .toList();
  }

  /** Those that prepare may need to fetch what ADD names. */
  List<MountedVolume> forFetching() {
    return secrets(
        spec.secrets().stream()
            .filter(secret -> FOR_FETCHING.stream().anyMatch(secret.id()::startsWith))
            .toList());
  }

  /** One volume for all: its files have the ids as names, which names of volumes could not have. */
  private static List<MountedVolume> secrets(List<BuildSecret> chosen) {
    return chosen.isEmpty()
        ? List.of()
        : List.of(MountedVolume.secretFiles("secrets", chosen, Mounts.SECRETS));
  }
}
