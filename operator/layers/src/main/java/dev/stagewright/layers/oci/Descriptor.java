package dev.stagewright.layers.oci;

import java.util.List;

/**
 * A content descriptor of the OCI image specification, which refers to a blob.
 *
 * @param mediaType the media type of the blob
 * @param digest the digest of the blob
 * @param size the size of the blob in bytes
 * @param urls additional locations of the blob, for layers that registries need not have
 */
public record Descriptor(String mediaType, Digest digest, long size, List<String> urls) {
  public Descriptor {
    urls = List.copyOf(urls);
  }

  /** Creates a descriptor without additional locations. */
  public Descriptor(String mediaType, Digest digest, long size) {
    this(mediaType, digest, size, List.of());
  }
}
