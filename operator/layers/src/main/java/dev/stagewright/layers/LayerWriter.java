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
 * Writes one layer as a blob, named by its digest, to the blobs directory of an image layout.
 *
 * <pre>{@code
 * try (var layer = LayerWriter.create(directory, Compression.GZIP)) {
 *   layer.tar().put(TarEntry.directory("srv"));
 *   var blob = layer.finish();
 * }
 * }</pre>
 *
 * <p>If the writer is closed before {@link #finish}, nothing remains. Not thread-safe.
 */
public final class LayerWriter implements Closeable {
  private static final int BUFFER = 64 * 1024;

  private final Path directory;
  private final Compression compression;
  private final DurableFile file;
  private final DigestingStream compressed;
  private final DigestingStream uncompressed;
  private final TarWriter tar;

  private LayerWriter(
      Path directory, Compression compression, Optional<Long> latest, DurableFile file)
      throws IOException {
    this.directory = directory;
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
   * @param blobsDirectory the existing directory of the blob, {@code blobs/sha256} of a layout
   */
  public static LayerWriter create(Path blobsDirectory, Compression compression)
      throws IOException {
    return create(blobsDirectory, compression, Optional.empty());
  }

  /**
   * Starts a layer whose files are not newer than a time.
   *
   * @param blobsDirectory the existing directory of the blob, {@code blobs/sha256} of a layout
   * @param latest the latest time in seconds since 1970, which replaces later times; empty keeps
   *     all times
   */
  public static LayerWriter create(
      Path blobsDirectory, Compression compression, Optional<Long> latest) throws IOException {
    var file = DurableFile.create(blobsDirectory.resolve("layer"));
    try {
      return new LayerWriter(blobsDirectory, compression, latest, file);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** The writer of the layer's entries. */
  public TarWriter tar() {
    return tar;
  }

  /** Completes the tar; afterwards the blob is on disk under its digest. */
  public LayerBlob finish() throws IOException {
    tar.close();
    var digest = compressed.digest();
    file.publishAs(directory.resolve(digest.hex()));
    return new LayerBlob(
        new Descriptor(compression.mediaType(), digest, compressed.size()),
        uncompressed.digest(),
        uncompressed.size());
  }

  @Override
  public void close() throws IOException {
    // The compression may have threads, which end with it.
    try (file) {
      tar.close();
    }
  }
}
