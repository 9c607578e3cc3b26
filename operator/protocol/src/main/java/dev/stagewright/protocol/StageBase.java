package dev.stagewright.protocol;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import java.util.List;
import java.util.Set;

/** The base of a stage. */
public sealed interface StageBase {

  /** {@code FROM scratch}: an empty root file system. */
  record Scratch() implements StageBase {}

  /**
   * {@code FROM} an earlier stage.
   *
   * @param stage {@link StagePlan#id} of the stage
   */
  record Stage(String stage) implements StageBase {}

  /**
   * {@code FROM} an image.
   *
   * @param name name in the Dockerfile, with expanded variables
   * @param pinned image of the Pod: the fully qualified name with the digest of the manifest for
   *     the platform
   * @param location reference that was resolved, which differs from {@code pinned} if a mirror is
   *     used; layers are mounted or copied from there
   * @param layers layers, the lowest first
   * @param environment names of the variables in the image config, which the Pod inherits
   * @param volumes paths of the volumes in the image config; the container runtime mounts volumes
   *     over them, but files written there belong to the stage
   */
  record Image(
      String name,
      ImageReference pinned,
      ImageReference location,
      List<BaseLayer> layers,
      Set<String> environment,
      List<String> volumes)
      implements StageBase {}

  /**
   * A layer of a base image.
   *
   * @param blob compressed layer in the registry
   * @param diffId digest of the uncompressed layer
   */
  record BaseLayer(Descriptor blob, Digest diffId) {}
}
