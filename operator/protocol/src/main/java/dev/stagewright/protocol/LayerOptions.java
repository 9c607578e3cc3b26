package dev.stagewright.protocol;

import java.util.Optional;

/**
 * How stages write their layers.
 *
 * @param compression compression of the blobs
 * @param sourceDateEpoch latest modification time of files, in seconds since 1970: later times are
 *     set to it, and it is the creation time of the image; empty keeps all times
 */
public record LayerOptions(Algorithm compression, Optional<Long> sourceDateEpoch) {
  /** The options that every registry and container runtime supports. */
  public static final LayerOptions DEFAULT = new LayerOptions(Algorithm.GZIP, Optional.empty());

  /** A compression algorithm of the OCI image specification. */
  public enum Algorithm {
    GZIP,
    ZSTD
  }
}
