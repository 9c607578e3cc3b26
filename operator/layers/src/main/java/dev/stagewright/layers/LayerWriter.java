package dev.stagewright.layers;

import dev.stagewright.layers.io.DurableFile;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarWriter;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Writes one layer as a blob, named by its digest, into a folder of an image layout.
 *
 * <pre>{@code
 * try (var layer = LayerWriter.create(folder, Compression.GZIP)) {
 *   layer.tar().put(TarEntry.directory("srv"));
 *   var blob = layer.finish();
 * }
 * }</pre>
 *
 * <p>Closed before {@link #finish}, nothing is left. Not for use by several threads.
 */
public final class LayerWriter implements Closeable {
  private static final int BUFFER = 64 * 1024;

  private final Path folder;
  private final Compression compression;
  private final DurableFile file;
  private final DigestingStream compressed;
  private final DigestingStream uncompressed;
  private final TarWriter tar;

  private LayerWriter(Path folder, Compression compression, Optional<Long> latest, DurableFile file)
      throws IOException {
    this.folder = folder;
    this.compression = compression;
    this.file = file;
    this.compressed = new DigestingStream(new BufferedOutputStream(file.out(), BUFFER));
    this.uncompressed = new DigestingStream(compression.compress(compressed));
    this.tar =
        new TarWriter(
            new BufferedOutputStream(uncompressed, BUFFER),
            latest.<UnaryOperator<TarEntry>>map(TimeClamp::new).orElse(UnaryOperator.identity()));
  }

  /**
   * Starts a layer.
   *
   * @param blobsFolder where the blob goes, {@code blobs/sha256} of a layout; exists
   */
  public static LayerWriter create(Path blobsFolder, Compression compression) throws IOException {
    return create(blobsFolder, compression, Optional.empty());
  }

  /**
   * Starts a layer whose files are not newer than a moment.
   *
   * @param blobsFolder where the blob goes, {@code blobs/sha256} of a layout; exists
   * @param latest seconds since 1970: times after it become it; empty keeps all times
   */
  public static LayerWriter create(Path blobsFolder, Compression compression, Optional<Long> latest)
      throws IOException {
    var file = DurableFile.create(blobsFolder.resolve("layer"));
    try {
      return new LayerWriter(blobsFolder, compression, latest, file);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** Where the layer's entries go. */
  public TarWriter tar() {
    return tar;
  }

  /** Ends the tar; the blob is then on disk under its digest. */
  public LayerBlob finish() throws IOException {
    tar.close();
    var digest = compressed.digest();
    file.publishAs(folder.resolve(digest.hex()));
    return new LayerBlob(
        new Descriptor(compression.mediaType(), digest, compressed.size()),
        uncompressed.digest(),
        uncompressed.size());
  }

  @Override
  public void close() throws IOException {
    // What compresses may have threads, which end with it.
    try (file) {
      tar.close();
    }
  }
}
