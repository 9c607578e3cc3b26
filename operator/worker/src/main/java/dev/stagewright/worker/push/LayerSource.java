package dev.stagewright.worker.push;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;

/** A layer of the image, and where its bytes are. */
sealed interface LayerSource {

  /** The compressed layer, with OCI's media type. */
  Descriptor blob();

  /** The digest of the uncompressed layer. */
  Digest diffId();

  /**
   * A layer of the base image.
   *
   * @param blob the compressed layer
   * @param diffId the digest of the uncompressed layer
   * @param image the base image, where it was found
   */
  record Base(Descriptor blob, Digest diffId, ImageReference image) implements LayerSource {}

  /**
   * A layer that a stage wrote.
   *
   * @param blob the compressed layer
   * @param diffId the digest of the uncompressed layer
   * @param stage id of the stage in whose folder it lies
   */
  record Own(Descriptor blob, Digest diffId, String stage) implements LayerSource {}
}
