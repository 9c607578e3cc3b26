package dev.stagewright.stage.files;

import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import dev.stagewright.stage.users.Owner;
import java.io.IOException;

/** Makes directories that are missing, parents first. */
public final class Directories {
  /** What directories have that nobody asked for by name. */
  public static final int DEFAULT_MODE = 0755;

  private final RootFileSystem root;

  /** In this root. */
  public Directories(RootFileSystem root) {
    this.root = root;
  }

  /**
   * Makes a directory and those above it; those that exist stay as they are.
   *
   * @param path raw, its links resolved
   * @throws IOException if something that is no directory is in the way
   */
  public void make(String path, int mode, Owner owner) throws IOException {
    var status = root.status(path);
    if (status.isPresent()) {
      if (!status.get().isDirectory()) {
        throw new NotADirectoryException(path);
      }
      return;
    }
    if (!path.isEmpty()) {
      make(RootedPath.parent(path), mode, owner);
    }
    root.makeDirectory(path);
    root.setOwner(path, owner.uid(), owner.gid());
    root.setMode(path, mode);
  }
}
