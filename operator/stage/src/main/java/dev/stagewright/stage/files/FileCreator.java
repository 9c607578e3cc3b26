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
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;

/** Creates files in a root from archive entries. */
public final class FileCreator {
  private static final int BUFFER = 64 * 1024;

  private final RootFileSystem root;
  private final ExtendedAttributes attributes;
  private Optional<byte[]> buffer = Optional.empty();

  /** Creates files in this root. */
  public FileCreator(RootFileSystem root) {
    this.root = root;
    this.attributes = root.attributes();
  }

  /**
   * Creates a file, directory, symbolic link or device at a path that does not exist. The time of a
   * directory must be set again after its content has been created.
   *
   * @param path path whose parents exist and are not symbolic links
   * @param content content of a file
   */
  public void create(String path, TarEntry entry, InputStream content) throws IOException {
    create(path, entry, content, false);
  }

  /**
   * Creates a file, directory, symbolic link or device at a path that does not exist.
   *
   * @param sparse whether blocks of zeros in the content of a file take no space on disk
   */
  public void create(String path, TarEntry entry, InputStream content, boolean sparse)
      throws IOException {
    switch (entry.type()) {
      case FILE -> {
        try (var out = sparse ? root.createSparse(path) : root.create(path)) {
          copy(content, out);
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
    applyMetadata(path, entry);
  }

  /** Copies with one buffer for all files, which are small in most cases. */
  private void copy(InputStream content, OutputStream out) throws IOException {
    if (buffer.isEmpty()) {
      buffer = Optional.of(new byte[BUFFER]);
    }
    var bytes = buffer.get();
    for (var count = content.read(bytes); count >= 0; count = content.read(bytes)) {
      out.write(bytes, 0, count);
    }
  }

  /** Applies the owner, mode, extended attributes and time of an entry to an existing file. */
  public void applyMetadata(String path, TarEntry entry) throws IOException {
    // The order matters: a change of the owner clears the setuid bit and the capabilities.
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
      // One of the paths is a mount point.
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

  /** Removes a file, or a directory with its content, if it exists. */
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
