package dev.stagewright.bench.image;

import dev.stagewright.layers.tar.TarReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Reads small text files from layers that are compressed with gzip. */
public final class LayerFiles {
  private LayerFiles() {}

  /**
   * The content of a file in a layer; empty if the layer does not have it.
   *
   * @param path path without leading slash
   */
  public static Optional<String> content(InputStream layer, String path) throws IOException {
    var archive = new TarReader(new BufferedInputStream(new GZIPInputStream(layer)));
    for (var entry = archive.next(); entry.isPresent(); entry = archive.next()) {
      if (entry.get().name().equals(path)) {
        return Optional.of(new String(archive.content().readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return Optional.empty();
  }
}
