package dev.stagewright.worker.analysis;

import dev.stagewright.layers.oci.Digest;
import java.io.IOException;
import java.io.InputStream;

/**
 * A layer of the image to read.
 *
 * @param diffId digest of the uncompressed layer, which identifies its content
 * @param size of the compressed layer in bytes
 * @param name of the layer, for messages
 * @param source opens the compressed layer
 */
public record LayerInput(Digest diffId, long size, String name, Source source) {
  /** Opens a layer. */
  @FunctionalInterface
  public interface Source {
    /** Returns the compressed layer, which is verified while it is read. */
    InputStream open() throws IOException;
  }
}
