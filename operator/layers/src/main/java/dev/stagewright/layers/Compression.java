package dev.stagewright.layers;

import dev.stagewright.layers.gzip.ParallelGzipStream;
import dev.stagewright.layers.oci.MediaTypes;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** How a layer's tar becomes a blob. Each form is frozen: equal tars give equal blobs. */
public sealed interface Compression {
  /** What every registry and runtime takes, at zlib's default level. */
  Compression GZIP = new Gzip(6);

  /** Smaller and faster, for registries and runtimes that know OCI's media type for it. */
  Compression ZSTD = new Zstd();

  /** The tar as it is. */
  Compression NONE = new None();

  /** The layer's media type. */
  String mediaType();

  /** A stream that compresses into another; closing it closes that too. */
  OutputStream compress(OutputStream to) throws IOException;

  /**
   * One gzip member without name and time.
   *
   * @param level 1 (fast) to 9 (small)
   */
  record Gzip(int level) implements Compression {
    /**
     * @throws IllegalArgumentException if zlib has no such level
     */
    public Gzip {
      if (level < 1 || level > 9) {
        throw new IllegalArgumentException("gzip level is 1 to 9, not " + level);
      }
    }

    @Override
    public String mediaType() {
      return MediaTypes.LAYER_GZIP;
    }

    @Override
    public OutputStream compress(OutputStream to) throws IOException {
      return new ParallelGzipStream(to, level);
    }
  }

  /** One zstd frame of a window of 2 MiB, at zstd's default level. */
  record Zstd() implements Compression {
    @Override
    public String mediaType() {
      return MediaTypes.LAYER_ZSTD;
    }

    @Override
    public OutputStream compress(OutputStream to) throws IOException {
      return new ZstdOutputStream(to);
    }
  }

  /** No compression. */
  record None() implements Compression {
    @Override
    public String mediaType() {
      return MediaTypes.LAYER;
    }

    @Override
    public OutputStream compress(OutputStream to) {
      return to;
    }
  }
}
