package dev.stagewright.layers.tar;

import dev.stagewright.layers.io.UntrustedFile;
import dev.stagewright.layers.oci.Digest;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A tar archive with an index, which finds any path without reading the archive. The Pods of a
 * build exchange files in this form. Thread-safe.
 */
public final class IndexedTar implements Closeable {
  private static final int HEADER_BUFFER = 4 * 1024;

  private final Path path;
  private final FileChannel channel;
  private final TarIndex index;

  private IndexedTar(Path path, FileChannel channel, TarIndex index) {
    this.path = path;
    this.channel = channel;
    this.index = index;
  }

  /**
   * Opens an archive that {@link IndexedTarWriter} wrote.
   *
   * @throws MalformedTarException if the index is malformed or truncated
   */
  public static IndexedTar open(Path tar, Path index) throws IOException {
    TarIndex read;
    try (var file = new UntrustedFile(index).open();
        var in = new BufferedInputStream(Channels.newInputStream(file))) {
      read = TarIndex.read(in, file.size());
    }
    return new IndexedTar(tar, new UntrustedFile(tar).open(), read);
  }

  /** The number of paths. */
  public int size() {
    return index.size();
  }

  /**
   * Returns the entry at a raw path; empty if there is none. Hard links are not resolved.
   *
   * @throws MalformedTarException if the archive does not match the index
   */
  public Optional<TarEntry> entry(String name) throws IOException {
    var at = index.find(name);
    return at < 0 ? Optional.empty() : Optional.of(readEntry(at, name));
  }

  /**
   * Returns the entry at a raw path; for a hard link, the entry of its file with the name of the
   * link.
   */
  public Optional<TarEntry> resolvedEntry(String name) throws IOException {
    var at = index.find(name);
    if (at < 0) {
      return Optional.empty();
    }
    var file = resolve(name);
    return Optional.of(readEntry(file, name));
  }

  /**
   * Returns the path of the file that a hard link refers to; the path itself for other entries.
   *
   * @throws FileNotFoundException if the path does not exist
   */
  public String fileOf(String name) throws IOException {
    return index.path(resolve(name));
  }

  /**
   * Returns the names (not paths) of the direct children of a directory, sorted by bytes; empty if
   * there are none. Directories without an entry that are parents of others are included.
   */
  public List<String> children(String directory) {
    return index.children(directory);
  }

  /**
   * Opens the content of a file, for a hard link that of its target. The caller closes the stream.
   *
   * @throws FileNotFoundException if the path does not exist
   */
  public InputStream open(String name) throws IOException {
    var reader = readerAt(index.offset(resolve(name)));
    reader.next();
    return reader.content();
  }

  /** Returns the digest of a file's content, following hard links; empty for other types. */
  public Optional<Digest> contentDigest(String name) throws IOException {
    return index.find(name) < 0 ? Optional.empty() : index.digest(resolve(name));
  }

  /** Returns the position in the index of the file at a path. */
  private int resolve(String name) throws IOException {
    var at = index.find(name);
    if (at < 0) {
      throw new FileNotFoundException(path + " has no " + RawName.text(name));
    }
    if (index.hasDigest(at)) {
      return at;
    }
    var entry = readEntry(at, name);
    if (entry.type() != TarEntry.Type.HARD_LINK) {
      return at;
    }
    var target = index.find(entry.linkName());
    // Links to each other would cause endless recursion.
    if (target < 0 || index.offset(target) >= index.offset(at)) {
      throw new MalformedTarException(
          path + ": hard link " + RawName.text(name) + " has no file before it");
    }
    return resolve(entry.linkName());
  }

  private TarEntry readEntry(int at, String name) throws IOException {
    // Only the names in the index are verified.
    return readerAt(index.offset(at))
        .next()
        .map(entry -> entry.withName(name))
        .orElseThrow(() -> new MalformedTarException(path + " ends before " + RawName.text(name)));
  }

  private TarReader readerAt(long offset) {
    return new TarReader(new BufferedInputStream(new ChannelInput(channel, offset), HEADER_BUFFER));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
