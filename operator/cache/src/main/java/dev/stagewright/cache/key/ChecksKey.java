package dev.stagewright.cache.key;

import dev.stagewright.layers.oci.Digest;
import java.util.List;

/** Computes the key of what the analysis has found in an image. */
public final class ChecksKey {
  private ChecksKey() {}

  /**
   * The key for an image.
   *
   * @param manifest digest of the manifest
   * @param analysis what else determines the findings: the version of the rules, and lines of the
   *     Dockerfile
   */
  public static CacheKey of(Digest manifest, List<String> analysis) {
    return KeyHash.of("checks").add(manifest).add(analysis).key();
  }
}
