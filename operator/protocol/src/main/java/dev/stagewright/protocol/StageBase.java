package dev.stagewright.protocol;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import java.util.List;
import java.util.Set;

/** What a stage starts from. */
public sealed interface StageBase {

  /** {@code FROM scratch}: an empty root. */
  record Scratch() implements StageBase {}

  /**
   * {@code FROM} an earlier stage.
   *
   * @param stage its {@link StagePlan#id}
   */
  record Stage(String stage) implements StageBase {}

  /**
   * {@code FROM} an image.
   *
   * @param name as the Dockerfile has it, expanded
   * @param pinned what the Pod runs: the fully qualified name, pinned to the platform's manifest
   * @param location where prepare really found it (another registry than {@code pinned} behind a
   *     mirror): layers are mounted or copied from there
   * @param layers lowest first
   * @param environment names of the variables that the image's config sets; the Pod inherits them
   * @param volumes paths that the image's config declares as volumes: the container runtime mounts
   *     over them, and what is written there belongs to the stage all the same
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
   * @param blob the compressed layer, as the registry has it
   * @param diffId the digest of the uncompressed layer
   */
  record BaseLayer(Descriptor blob, Digest diffId) {}
}
