package dev.stagewright.stage.files;

import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import dev.stagewright.stage.users.Owner;
import java.io.IOException;

/** Creates missing directories, parents first. */
public final class Directories {
  /** The mode of directories that no instruction requests explicitly. */
  public static final int DEFAULT_MODE = 0755;

  private final RootFileSystem root;

  /** Creates directories in this root. */
  public Directories(RootFileSystem root) {
    this.root = root;
  }

  /**
   * Creates a directory and its parents. Existing directories are not changed.
   *
   * @param path raw path with resolved symbolic links
   * @throws IOException if a file that is not a directory is in the way
   */
  public void create(String path, int mode, Owner owner) throws IOException {
    var status = root.status(path);
    if (status.isPresent()) {
      if (!status.get().isDirectory()) {
        throw new NotADirectoryException(path);
      }
      return;
    }
    if (!path.isEmpty()) {
      create(RootedPath.parent(path), mode, owner);
    }
    root.makeDirectory(path);
    root.setOwner(path, owner.uid(), owner.gid());
    root.setMode(path, mode);
  }
}
