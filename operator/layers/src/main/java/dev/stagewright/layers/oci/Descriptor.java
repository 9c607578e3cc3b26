package dev.stagewright.layers.oci;

import java.util.List;

/**
 * A content descriptor of the OCI image specification: what a manifest says of a blob.
 *
 * @param mediaType the blob's media type
 * @param digest of the blob's bytes
 * @param size of the blob in bytes
 * @param urls where else the bytes are, as of a layer that registries need not have
 */
public record Descriptor(String mediaType, Digest digest, long size, List<String> urls) {
  public Descriptor {
    urls = List.copyOf(urls);
  }

  /** Of a blob that the registry has. */
  public Descriptor(String mediaType, Digest digest, long size) {
    this(mediaType, digest, size, List.of());
  }
}
