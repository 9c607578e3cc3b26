package dev.stagewright.layers.tar;

import dev.stagewright.layers.oci.Digest;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * A tar archive with an index beside it: any path is found without reading the rest. What a build's
 * Pods hand each other as files. May be used by several threads.
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
   * Opens what {@link IndexedTarWriter} wrote.
   *
   * @throws MalformedTarException if the index is no index, or cut short
   */
  public static IndexedTar open(Path tar, Path index) throws IOException {
    TarIndex read;
    try (var in = new BufferedInputStream(Files.newInputStream(index))) {
      read = TarIndex.read(in);
    }
    return new IndexedTar(tar, FileChannel.open(tar, StandardOpenOption.READ), read);
  }

  /** The number of paths. */
  public int size() {
    return index.size();
  }

  /**
   * What is at a raw path; empty if there is no entry of that path. A hard link comes as it is.
   *
   * @throws MalformedTarException if the archive does not fit the index
   */
  public Optional<TarEntry> entry(String name) throws IOException {
    var at = index.find(name);
    return at < 0 ? Optional.empty() : Optional.of(readEntry(at, name));
  }

  /** Like {@link #entry}, but a hard link's entry is that of the file, under the link's name. */
  public Optional<TarEntry> resolvedEntry(String name) throws IOException {
    var at = index.find(name);
    if (at < 0) {
      return Optional.empty();
    }
    var file = resolve(name);
    return Optional.of(readEntry(file, name).withName(name));
  }

  /**
   * Names (not paths) of what lies directly in a directory, sorted by bytes; empty if nothing does.
   * A directory that only shows in the paths of others is among them, though it has no entry.
   */
  public List<String> children(String directory) {
    return index.children(directory);
  }

  /**
   * A file's content, that of the file it links to for a hard link. To be closed.
   *
   * @throws FileNotFoundException if there is no such path
   */
  public InputStream open(String name) throws IOException {
    var reader = readerAt(index.offset(resolve(name)));
    reader.next();
    return reader.content();
  }

  /** The digest of a file's content, through hard links; empty for all that is no file. */
  public Optional<Digest> contentDigest(String name) throws IOException {
    return index.find(name) < 0 ? Optional.empty() : index.digest(resolve(name));
  }

  /** Position in the index of the file that a path means. */
  private int resolve(String name) throws IOException {
    var at = index.find(name);
    if (at < 0) {
      throw new FileNotFoundException(path + " has no " + RawName.text(name));
    }
    if (index.digest(at).isPresent()) {
      return at;
    }
    var entry = readEntry(at, name);
    if (entry.type() != TarEntry.Type.HARD_LINK) {
      return at;
    }
    var target = index.find(entry.linkName());
    // A link to a link would come back here for ever if the two were each other's.
    if (target < 0 || index.offset(target) >= index.offset(at)) {
      throw new MalformedTarException(
          path + ": hard link " + RawName.text(name) + " has no file before it");
    }
    return resolve(entry.linkName());
  }

  private TarEntry readEntry(int at, String name) throws IOException {
    return readerAt(index.offset(at))
        .next()
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
