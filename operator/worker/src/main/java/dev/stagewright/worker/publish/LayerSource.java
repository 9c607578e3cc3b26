package dev.stagewright.worker.publish;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.worker.ByteCount;

/** A layer of the image, and the source of its bytes. */
sealed interface LayerSource {

  /** The compressed layer, with the media type of the image's format. */
  Descriptor blob();

  /** The digest of the uncompressed layer. */
  Digest diffId();

  /** The layer with its size, for the log. */
  default String description() {
    var blob = blob();
    var layer = "layer " + blob.digest().shortHex();
    var name =
        switch (this) {
          case Base base -> "base " + layer + " of " + base.image().name();
          case Stage _, Cached _ -> layer;
        };
    return name + " (" + new ByteCount(blob.size()) + ")";
  }

  /**
   * A layer of the base image.
   *
   * @param blob the compressed layer
   * @param diffId the digest of the uncompressed layer
   * @param image the base image, at the registry where it was found
   */
  record Base(Descriptor blob, Digest diffId, ImageReference image) implements LayerSource {}

  /**
   * A layer that a stage created.
   *
   * @param blob the compressed layer
   * @param diffId the digest of the uncompressed layer
   * @param stage the ID of the stage that stores the layer
   */
  record Stage(Descriptor blob, Digest diffId, String stage) implements LayerSource {}

  /**
   * A layer of a step that did not run. It is in the repository of the cache, and on the workspace
   * only if a stage needs it.
   *
   * @param blob the compressed layer
   * @param diffId the digest of the uncompressed layer
   * @param stage the ID of the stage of the step
   */
  record Cached(Descriptor blob, Digest diffId, String stage) implements LayerSource {}
}
