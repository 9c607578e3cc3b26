package dev.stagewright.stage.files;

import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.stage.linux.Errno;
import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.FileType;
import dev.stagewright.stage.linux.LinuxException;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Describes files of a root as entries of an archive. All names of a file except the first become
 * hard links.
 */
public final class EntryReader {
  private static final int SYMLINK_MODE = 0777;

  private final RootFileSystem root;
  private final Map<Inode, String> firstNames = new HashMap<>();

  /** Describes files of this root for one archive. */
  public EntryReader(RootFileSystem root) {
    this.root = root;
  }

  private record Inode(long device, long number) {}

  /**
   * The entry of a file; empty if an archive cannot contain it or if it no longer exists.
   *
   * @param xattrs extended attributes for the entry
   */
  public Optional<TarEntry> entry(String path, FileStatus status, Map<String, byte[]> xattrs)
      throws IOException {
    if (!status.isDirectory() && status.links() > 1 && status.type() != FileType.SOCKET) {
      var first = firstNames.putIfAbsent(new Inode(status.device(), status.inode()), path);
      if (first != null) {
        return Optional.of(described(TarEntry.hardLink(path, first), status));
      }
    }
    return switch (status.type()) {
      case FILE ->
          Optional.of(described(TarEntry.file(path, status.size()).withXattrs(xattrs), status));
      case DIRECTORY -> Optional.of(described(TarEntry.directory(path).withXattrs(xattrs), status));
      case SYMLINK ->
          root.readLink(path)
              .map(target ->
                  described(TarEntry.symlink(path, target).withXattrs(xattrs), status)
                      .withMode(SYMLINK_MODE));
      case CHARACTER_DEVICE -> Optional.of(device(path, TarEntry.Type.CHARACTER_DEVICE, status));
      case BLOCK_DEVICE -> Optional.of(device(path, TarEntry.Type.BLOCK_DEVICE, status));
      case FIFO -> Optional.of(described(TarEntry.fifo(path), status));
      case SOCKET -> Optional.empty();
    };
  }

  private static TarEntry device(String path, TarEntry.Type type, FileStatus status) {
    return described(TarEntry.device(path, type, status.major(), status.minor()), status);
  }

  private static TarEntry described(TarEntry entry, FileStatus status) {
    return entry
        .withMode(status.mode())
        .withOwner(status.uid(), status.gid())
        .withMtime(status.mtimeSeconds(), status.mtimeNanos());
  }

  /**
   * The content of a file with exactly this size, truncated or filled with zeros if the file
   * changes; empty if it no longer exists.
   */
  public Optional<FileContent> content(String path, long size) throws IOException {
    try {
      return Optional.of(new FileContent(root.read(path), size));
    } catch (LinuxException e) {
      if (e.errno().equals(Errno.ENOENT)) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
