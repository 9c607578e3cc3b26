package dev.stagewright.controller.pods;

import dev.stagewright.api.v1alpha1.GitSource;
import dev.stagewright.api.v1alpha1.LocalReference;
import dev.stagewright.controller.run.PodVolume;
import dev.stagewright.protocol.Mounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Declares the volumes of prepare with the credentials and certificates of a Git source. The
 * directories have the names of the Secrets, so that failures can name them.
 */
record GitVolumes(GitSource source) {
  List<MountedVolume> mounts() {
    var mounts = new ArrayList<MountedVolume>();
    secret(PodVolume.GIT_CREDENTIALS, Mounts.GIT_CREDENTIALS, source.credentials())
        .ifPresent(mounts::add);
    secret(
            PodVolume.GIT_CLIENT_CERTIFICATE,
            Mounts.GIT_CLIENT_CERTIFICATE,
            source.clientCertificate())
        .ifPresent(mounts::add);
    if (source.caBundle() != null) {
      mounts.add(
          MountedVolume.authorities(
              PodVolume.GIT_AUTHORITIES.volumeName(),
              source.caBundle(),
              path(Mounts.GIT_AUTHORITIES)));
    }
    if (source.verify() != null) {
      secret(PodVolume.GIT_SIGNING_KEYS, Mounts.GIT_SIGNING_KEYS, source.verify().keys())
          .ifPresent(mounts::add);
    }
    return List.copyOf(mounts);
  }

  private static Optional<MountedVolume> secret(
      PodVolume volume, String directory, @Nullable LocalReference reference) {
    return Optional.ofNullable(reference)
        .map(LocalReference::name)
        .map(name -> MountedVolume.secret(volume, name, path(directory) + "/" + name));
  }

  private static String path(String directory) {
    return Mounts.GIT + "/" + directory;
  }
}
