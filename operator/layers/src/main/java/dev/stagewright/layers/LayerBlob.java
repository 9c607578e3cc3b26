package dev.stagewright.layers;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;

/**
 * A written layer.
 *
 * @param blob the descriptor of the compressed layer
 * @param diffId the digest of the uncompressed tar
 * @param uncompressedSize the size of the tar in bytes
 */
public record LayerBlob(Descriptor blob, Digest diffId, long uncompressedSize) {}
