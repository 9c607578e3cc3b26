package dev.stagewright.layers.tar;

import dev.stagewright.layers.io.DurableFile;
import dev.stagewright.layers.oci.Digest;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;

/**
 * Writes an {@link IndexedTar}. Both files are complete and on disk when {@link #finish} returns;
 * if the writer is closed before, nothing remains. Not thread-safe.
 */
public final class IndexedTarWriter implements Closeable {
  private static final int BUFFER = 64 * 1024;

  private final DurableFile tarFile;
  private final Path indexPath;
  private final TarWriter tar;
  private final TarIndexBuilder index = new TarIndexBuilder();

  /**
   * Starts both files, in existing directories.
   *
   * @param tar the path of the archive
   * @param index the path of the index
   */
  public IndexedTarWriter(Path tar, Path index) throws IOException {
    this.tarFile = DurableFile.create(tar);
    this.indexPath = index;
    this.tar = new TarWriter(new BufferedOutputStream(tarFile.out(), BUFFER));
  }

  /** Writes an entry without content; it replaces an earlier entry of the same path. */
  public void put(TarEntry entry) throws IOException {
    put(entry, InputStream.nullInputStream());
  }

  /**
   * Writes an entry with its content, which is read to its end and not closed.
   *
   * @throws IOException see {@link TarWriter#put(TarEntry, InputStream)}
   */
  public void put(TarEntry entry, InputStream content) throws IOException {
    var offset = tar.position();
    if (entry.type() == TarEntry.Type.FILE) {
      var sha256 = Digest.newMessageDigest();
      tar.put(entry, new DigestInputStream(content, sha256));
      index.add(entry.name(), offset, sha256.digest());
    } else {
      tar.put(entry, content);
      index.add(entry.name(), offset);
    }
  }

  /** The number of bytes written to the archive. */
  public long position() {
    return tar.position();
  }

  /** Completes both files. */
  public void finish() throws IOException {
    tar.close();
    tarFile.publish();
    try (var indexFile = DurableFile.create(indexPath)) {
      try (var out = new BufferedOutputStream(indexFile.out(), BUFFER)) {
        index.build().write(out);
      }
      indexFile.publish();
    }
  }

  /** Removes both files, unless they were completed. */
  @Override
  public void close() throws IOException {
    tarFile.close();
  }
}
