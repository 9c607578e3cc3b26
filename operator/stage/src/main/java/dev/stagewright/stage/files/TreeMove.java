package dev.stagewright.stage.files;

import dev.stagewright.stage.linux.Errno;
import dev.stagewright.stage.linux.LinuxException;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves files within a root, by renaming or, if the kernel does not support that, by copying. For
 * example, directories of image layers cannot be renamed on overlays.
 */
public final class TreeMove {
  private final RootFileSystem root;
  private final FileCreator creator;

  /** Moves files in this root. */
  public TreeMove(RootFileSystem root) {
    this.root = root;
    this.creator = new FileCreator(root);
  }

  /** Moves a file or directory to a path that does not exist. */
  public void move(String from, String to) throws IOException {
    if (!rename(from, to)) {
      copy(List.of(new Name(from, to)));
    }
  }

  /** Moves the content of a directory to an existing directory. */
  public void moveContents(String from, String to) throws IOException {
    var left = new ArrayList<Name>();
    for (var name : root.list(from)) {
      var old = RootedPath.join(from, name);
      var changed = RootedPath.join(to, name);
      if (!rename(old, changed)) {
        left.add(new Name(old, changed));
      }
    }
    copy(left);
  }

  /** The old and the new path of a file. */
  private record Name(String from, String to) {}

  private boolean rename(String from, String to) throws IOException {
    try {
      root.rename(from, to);
      return true;
    } catch (LinuxException e) {
      if (e.errno().equals(Errno.EXDEV)) {
        return false;
      }
      throw e;
    }
  }

  /** Copies all files before it removes any, so that hard links are kept. */
  private void copy(List<Name> names) throws IOException {
    var transfer = new TreeCopy(root, root);
    for (var name : names) {
      transfer.copy(name.from(), name.to());
    }
    for (var name : names) {
      creator.remove(name.from());
    }
  }
}
