package dev.stagewright.controller.pods;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.protocol.Mounts;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.StagePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The build's secrets and SSH keys, for the Pods that use them. */
record SecretVolumes(ImageBuildSpec spec) {
  /** Ids of secrets that ADD of a private repository or URL uses begin so. */
  private static final List<String> FOR_FETCHING = List.of("GIT_AUTH_", "HTTP_AUTH_");

  /** Those that a stage's instructions name. */
  List<Mount> of(StagePlan stage) {
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
    var mounts = new ArrayList<>(secrets(secrets::contains));
    for (var i = 0; i < spec.ssh().size(); i++) {
      var ssh = spec.ssh().get(i);
      if (keys.contains(ssh.id())) {
        mounts.add(Mount.secret("ssh-" + i, ssh.secret().name(), Mounts.SSH + "/" + ssh.id()));
      }
    }
    return mounts;
  }

  /** Those that prepare may need to fetch what ADD names. */
  List<Mount> forFetching() {
    return secrets(id -> FOR_FETCHING.stream().anyMatch(id::startsWith));
  }

  /** One volume for all: its files have the ids as names, which names of volumes could not have. */
  private List<Mount> secrets(Predicate<String> wanted) {
    var chosen = spec.secrets().stream().filter(secret -> wanted.test(secret.id())).toList();
    return chosen.isEmpty()
        ? List.of()
        : List.of(Mount.secretFiles("secrets", chosen, Mounts.SECRETS));
  }
}
