package dev.stagewright.layers;

import dev.stagewright.layers.gzip.ParallelGzipStream;
import dev.stagewright.layers.oci.MediaTypes;
import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The compression of a layer. Each form is frozen: equal tars result in equal blobs. */
public sealed interface Compression {
  /** Gzip at zlib's default level, which every registry and runtime supports. */
  Compression GZIP = new Gzip(6);

  /** Zstd, smaller and faster, for registries and runtimes that support its OCI media type. */
  Compression ZSTD = new Zstd();

  /** No compression. */
  Compression NONE = new None();

  /** The media type of the layer. */
  String mediaType();

  /** Returns a stream that compresses to another one; closing it closes the other one. */
  OutputStream compress(OutputStream to) throws IOException;

  /**
   * One gzip member without name and time.
   *
   * @param level 1 (fast) to 9 (small)
   */
  record Gzip(int level) implements Compression {
    /**
     * @throws IllegalArgumentException if zlib does not have the level
     */
    public Gzip {
      if (level < 1 || level > 9) {
        throw new IllegalArgumentException("the gzip level must be 1 to 9, not " + level);
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

  /** One zstd frame with a window of 2 MiB, at zstd's default level. */
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
