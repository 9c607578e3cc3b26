package dev.stagewright.protocol;

import java.util.Optional;

/**
 * How layers are written.
 *
 * @param compression of their blobs
 * @param sourceDateEpoch seconds since 1970: times of files after it become it, and the image's
 *     creation time is it; empty keeps times as they are
 */
public record LayerOptions(Algorithm compression, Optional<Long> sourceDateEpoch) {
  /** What every registry and runtime takes. */
  public static final LayerOptions DEFAULT = new LayerOptions(Algorithm.GZIP, Optional.empty());

  /** A compression that the OCI image specification knows. */
  public enum Algorithm {
    GZIP,
    ZSTD
  }
}
