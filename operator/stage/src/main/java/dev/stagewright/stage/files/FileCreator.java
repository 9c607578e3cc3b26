package dev.stagewright.stage.files;

import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.stage.linux.Errno;
import dev.stagewright.stage.linux.ExtendedAttributes;
import dev.stagewright.stage.linux.FileType;
import dev.stagewright.stage.linux.LinuxException;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Makes files in a root of what archive entries say of them. */
public final class FileCreator {
  private final RootFileSystem root;
  private final ExtendedAttributes attributes;

  /** Makes files in this root. */
  public FileCreator(RootFileSystem root) {
    this.root = root;
    this.attributes = root.attributes();
  }

  /**
   * Makes a file, directory, link or device where nothing is. A directory's time is to be set again
   * once it is filled.
   *
   * @param path where; its parents exist and are no links
   * @param content of a file
   */
  public void make(String path, TarEntry entry, InputStream content) throws IOException {
    make(path, entry, content, false);
  }

  /**
   * The same.
   *
   * @param sparse whether blocks of zeros in a file's content shall take no room on disk
   */
  public void make(String path, TarEntry entry, InputStream content, boolean sparse)
      throws IOException {
    switch (entry.type()) {
      case FILE -> {
        try (var out = sparse ? root.createSparse(path) : root.create(path)) {
          content.transferTo(out);
        }
      }
      case DIRECTORY -> root.makeDirectory(path);
      case SYMLINK -> root.makeSymlink(entry.linkName(), path);
      case HARD_LINK -> {
        makeHardLink(entry.linkName(), path);
        return;
      }
      case CHARACTER_DEVICE -> node(path, FileType.CHARACTER_DEVICE, entry);
      case BLOCK_DEVICE -> node(path, FileType.BLOCK_DEVICE, entry);
      case FIFO -> node(path, FileType.FIFO, entry);
    }
    describe(path, entry);
  }

  /** Makes what exists be as the entry says: owner, mode, extended attributes, time. */
  public void describe(String path, TarEntry entry) throws IOException {
    // In this order: a new owner costs a file its setuid bit and its capabilities.
    root.setOwner(path, entry.uid(), entry.gid());
    if (entry.type() != TarEntry.Type.SYMLINK) {
      root.setMode(path, entry.mode());
    }
    setAttributes(path, entry.xattrs());
    root.setModified(path, entry.mtimeSeconds(), entry.mtimeNanos());
  }

  private void makeHardLink(String existing, String path) throws IOException {
    try {
      root.makeHardLink(existing, path);
    } catch (LinuxException e) {
      if (!e.errno().equals(Errno.EXDEV)) {
        throw e;
      }
      // One of the two is where something is mounted.
      new TreeCopy(root, root).copy(existing, path);
    }
  }

  private void node(String path, FileType type, TarEntry entry) throws IOException {
    root.makeNode(path, type, entry.major(), entry.minor());
  }

  private void setAttributes(String path, Map<String, byte[]> xattrs) {
    for (var attribute : xattrs.entrySet()) {
      attributes.trySet(path, attribute.getKey(), attribute.getValue());
    }
  }

  /** Removes what is at a path, with all below it; nothing is no fault. */
  public void remove(String path) throws IOException {
    var status = root.status(path);
    if (status.isEmpty()) {
      return;
    }
    if (!status.get().isDirectory()) {
      root.unlink(path);
      return;
    }
    for (var name : root.list(path)) {
      remove(RootedPath.join(path, name));
    }
    root.removeDirectory(path);
  }
}
