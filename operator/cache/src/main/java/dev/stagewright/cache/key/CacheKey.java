package dev.stagewright.cache.key;

import dev.stagewright.layers.oci.Digest;

/**
 * Identifies the result of a step, or of the steps of a stage: equal keys have equal results.
 *
 * @param digest SHA-256 of all inputs
 */
public record CacheKey(Digest digest) {
  /** The hex digits of the digest, for tags. */
  public String hex() {
    return digest.hex();
  }
}
