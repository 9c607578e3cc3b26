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
 * Writes an {@link IndexedTar}. The two files appear together, complete and on disk, when {@link
 * #finish} returns; closed before that, nothing is left. Not for use by several threads.
 */
public final class IndexedTarWriter implements Closeable {
  private static final int BUFFER = 64 * 1024;

  private final DurableFile tarFile;
  private final Path indexPath;
  private final TarWriter tar;
  private final TarIndexBuilder index = new TarIndexBuilder();

  /**
   * Starts both files, in folders that exist.
   *
   * @param tar the archive
   * @param index what finds paths in it
   */
  public IndexedTarWriter(Path tar, Path index) throws IOException {
    this.tarFile = DurableFile.create(tar);
    this.indexPath = index;
    this.tar = new TarWriter(new BufferedOutputStream(tarFile.out(), BUFFER));
  }

  /** Writes an entry without content; a later entry of the same path takes its place. */
  public void put(TarEntry entry) throws IOException {
    put(entry, InputStream.nullInputStream());
  }

  /**
   * Writes an entry with its content, which is read to its end and left open.
   *
   * @throws IOException as {@link TarWriter#put(TarEntry, InputStream)}
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

  /** Bytes of the archive up to here. */
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

  /** Removes what was written, unless it was finished. */
  @Override
  public void close() throws IOException {
    tarFile.close();
  }
}
