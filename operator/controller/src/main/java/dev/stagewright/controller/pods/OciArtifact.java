package dev.stagewright.controller.pods;

import dev.stagewright.api.v1alpha1.OciSource;
import dev.stagewright.controller.run.PodVolume;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.Mounts;
import dev.stagewright.protocol.SourceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A source in a registry: its request for prepare, and the volumes that prepare needs for it. */
record OciArtifact(OciSource source) {
  private static final String DIRECTORY = "source";

  /**
   * The request.
   *
   * @throws IllegalArgumentException if the reference is malformed; the message names the field
   */
  SourceRequest.Oci request() {
    var _ = reference();
    return new SourceRequest.Oci(
        source.image(),
        Optional.ofNullable(source.mediaType()),
        Optional.ofNullable(source.directory()),
        credentials().map(name -> DIRECTORY + "/" + name),
        Optional.ofNullable(source.caBundle()).map(_ -> DIRECTORY));
  }

  /** The registry of the artifact. */
  String registry() {
    return reference().registry();
  }

  private ImageReference reference() {
    try {
      return ImageReference.parse(source.image());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          SourceRequest.Oci.FIELD + ".image: " + e.getMessage() + ": '" + source.image() + "'", e);
    }
  }

  /** The volumes with credentials and certificates. */
  List<MountedVolume> mounts() {
    var mounts = new ArrayList<MountedVolume>();
    credentials()
        .ifPresent(name ->
            mounts.add(
                MountedVolume.secret(
                    PodVolume.SOURCE_CREDENTIALS,
                    name,
                    Mounts.REGISTRY_CREDENTIALS + "/" + DIRECTORY + "/" + name)));
    if (source.caBundle() != null) {
      mounts.add(
          MountedVolume.sourceAuthorities(
              source.caBundle(), Mounts.REGISTRY_TLS + "/" + DIRECTORY));
    }
    return mounts;
  }

  private Optional<String> credentials() {
    return Optional.ofNullable(source.credentials()).map(secret -> secret.name());
  }
}
