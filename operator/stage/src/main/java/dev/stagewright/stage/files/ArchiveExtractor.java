package dev.stagewright.stage.files;

import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarReader;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.LinkResolver;
import dev.stagewright.stage.path.RootedPath;
import dev.stagewright.stage.users.Owner;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Unpacks entries of an archive below a directory. Neither {@code ..} nor symbolic links lead out
 * of the directory. Existing files are replaced; existing directories keep their content.
 */
public final class ArchiveExtractor {
  private final RootFileSystem files;
  private final String base;
  private final UnaryOperator<TarEntry> adjust;
  private final FileCreator creator;
  private final Directories directories;
  private final LinkResolver links;
  private final LinkedHashMap<String, TarEntry> unpackedDirectories = new LinkedHashMap<>();
  private Optional<String> lastParent = Optional.empty();

  /**
   * Unpacks to this directory.
   *
   * @param base raw path of an existing directory
   * @param adjust changes each entry before it is unpacked
   */
  public ArchiveExtractor(RootFileSystem files, String base, UnaryOperator<TarEntry> adjust) {
    this(
        files, base, adjust, new LinkResolver(path -> files.readLink(RootedPath.join(base, path))));
  }

  /**
   * Unpacks to the root itself.
   *
   * @param links symbolic links that are followed in the names of entries
   */
  public ArchiveExtractor(RootFileSystem files, LinkResolver.Links links) {
    this(files, "", UnaryOperator.identity(), new LinkResolver(links));
  }

  private ArchiveExtractor(
      RootFileSystem files, String base, UnaryOperator<TarEntry> adjust, LinkResolver links) {
    this.files = files;
    this.base = base;
    this.adjust = adjust;
    this.creator = new FileCreator(files);
    this.directories = new Directories(files);
    this.links = links;
  }

  /** Unpacks the remaining entries of an archive. */
  public void extract(TarReader archive) throws IOException {
    for (var entry = archive.next(); entry.isPresent(); entry = archive.next()) {
      unpack(locate(entry.get().name()), entry.get(), archive.content(), false);
    }
    finish();
  }

  /**
   * Unpacks one entry.
   *
   * @param path what {@link #locate} returns for its name
   * @param sparse whether blocks of zeros in the content of a file take no space on disk
   */
  public void unpack(String path, TarEntry entry, InputStream content, boolean sparse)
      throws IOException {
    if (path.equals(base)) {
      return;
    }
    createParent(path);
    var ready = adjust.apply(entry);
    var directory = entry.type() == TarEntry.Type.DIRECTORY;
    var existing = files.status(path);
    if (directory && existing.isPresent() && existing.get().isDirectory()) {
      creator.applyMetadata(path, ready);
    } else {
      if (existing.isPresent()) {
        creator.remove(path);
        lastParent = Optional.empty();
      }
      creator.create(
          path,
          entry.type() == TarEntry.Type.HARD_LINK
              ? ready.withLinkName(locate(entry.linkName()))
              : ready,
          content,
          sparse);
    }
    if (directory) {
      unpackedDirectories.put(path, ready);
    }
  }

  /** In most archives, the parent of a file is that of the file before it. */
  private void createParent(String path) throws IOException {
    var parent = RootedPath.parent(path);
    if (!lastParent.equals(Optional.of(parent))) {
      directories.create(parent, Directories.DEFAULT_MODE, Owner.ROOT);
      lastParent = Optional.of(parent);
    }
  }

  /** Sets the times of directories after their content has been unpacked. */
  public void finish() throws IOException {
    for (var directory : unpackedDirectories.entrySet()) {
      var entry = directory.getValue();
      if (files.status(directory.getKey()).isPresent()) {
        files.setModified(directory.getKey(), entry.mtimeSeconds(), entry.mtimeNanos());
      }
    }
  }

  /** The path of an entry with this name, relative to the root of the files. */
  public String locate(String name) throws IOException {
    return RootedPath.join(base, links.resolveParents(name));
  }
}
