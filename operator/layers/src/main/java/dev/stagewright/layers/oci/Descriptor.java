package dev.stagewright.layers.oci;

/**
 * A content descriptor of the OCI image specification: what a manifest says of a blob.
 *
 * @param mediaType the blob's media type
 * @param digest of the blob's bytes
 * @param size of the blob in bytes
 */
public record Descriptor(String mediaType, Digest digest, long size) {}
