package dev.stagewright.controller.pods;

import dev.stagewright.api.v1alpha1.HttpSource;
import dev.stagewright.controller.run.PodVolume;
import dev.stagewright.protocol.Mounts;
import java.util.ArrayList;
import java.util.List;

/** The volumes with the credentials and certificates of a source on a web server. */
record HttpSourceVolumes(HttpSource source) {

  /** The directories have the names of the Secrets, so that failures can name them. */
  List<MountedVolume> mounts() {
    var mounts = new ArrayList<MountedVolume>();
    if (source.credentials() != null) {
      var name = source.credentials().name();
      mounts.add(
          MountedVolume.secret(
              PodVolume.SOURCE_CREDENTIALS, name, path(Mounts.ACCESS_CREDENTIALS) + "/" + name));
    }
    if (source.clientCertificate() != null) {
      var name = source.clientCertificate().name();
      mounts.add(
          MountedVolume.secret(
              PodVolume.SOURCE_CERTIFICATE, name, path(Mounts.ACCESS_CERTIFICATE) + "/" + name));
    }
    if (source.caBundle() != null) {
      mounts.add(
          MountedVolume.sourceAuthorities(source.caBundle(), path(Mounts.ACCESS_AUTHORITIES)));
    }
    return mounts;
  }

  private static String path(String directory) {
    return Mounts.SOURCE_ACCESS + "/" + directory;
  }
}
