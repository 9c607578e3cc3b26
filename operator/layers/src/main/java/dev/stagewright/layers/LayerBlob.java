package dev.stagewright.layers;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;

/**
 * A layer that was written.
 *
 * @param blob as a manifest names it: media type, digest and size as compressed
 * @param diffId digest of the uncompressed tar, as an image config names it
 * @param uncompressedSize of the tar in bytes
 */
public record LayerBlob(Descriptor blob, Digest diffId, long uncompressedSize) {}
