package dev.stagewright.stage.sandbox;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.Mounts;
import dev.stagewright.stage.files.EntryReader;
import dev.stagewright.stage.files.FileCreator;
import dev.stagewright.stage.files.NotADirectoryException;
import dev.stagewright.stage.files.TreeMove;
import dev.stagewright.stage.linux.Errno;
import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.LinuxException;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.util.Map;

/**
 * Prepares paths at which commands see other files: existing files are moved aside and missing
 * parents are created. Undoing this restores everything, including times.
 */
final class MountPoint {
  private static final String ASIDE = RootedPath.clean(Mounts.SCRATCH) + "/hidden";
  private static final int ASIDE_MODE = 0700;

  private final RootFileSystem root;
  private final FileCreator creator;
  private final TreeMove moves;
  private final UndoStack undo;
  private int hidden;

  /** Prepares paths in this root. */
  MountPoint(RootFileSystem root, UndoStack undo) {
    this.root = root;
    this.creator = new FileCreator(root);
    this.moves = new TreeMove(root);
    this.undo = undo;
  }

  /**
   * Replaces a directory by an empty one.
   *
   * @param path resolved path of a directory, which may not exist
   * @return whether the directory existed
   */
  boolean clearDirectory(String path) throws IOException {
    var status = root.status(path);
    if (status.isEmpty()) {
      makeParents(path);
      undo.push(() -> removeIfThere(path));
      keepingTime(RootedPath.parent(path), () -> root.makeDirectory(path));
      return false;
    }
    if (!status.get().isDirectory()) {
      throw new NotADirectoryException(path);
    }
    var before = describe(path, status.get());
    var parent = root.status(RootedPath.parent(path));
    var aside = newAside();
    root.makeDirectory(aside);
    undo.push(() -> {
      if (putBack(aside, path, before) && parent.isPresent()) {
        // Commands cannot remove a mount, so nothing needs to be restored.
        setTime(RootedPath.parent(path), parent.get());
      }
    });
    moves.moveContents(path, aside);
    return true;
  }

  /**
   * Moves a file aside.
   *
   * @param path resolved path that is not a directory
   * @return whether the file existed
   */
  boolean clearFile(String path) throws IOException {
    var status = root.status(path);
    if (status.isEmpty()) {
      makeParents(path);
      undo.push(() -> removeIfThere(path));
      return false;
    }
    if (status.get().isDirectory()) {
      throw new IOException(
          "/" + RawName.text(path) + " is a directory: a file cannot be mounted there");
    }
    var aside = newAside();
    undo.push(() -> {
      removeIfThere(path);
      makeParents(path);
      keepingTime(RootedPath.parent(path), () -> moves.move(aside, path));
    });
    keepingTime(RootedPath.parent(path), () -> moves.move(path, aside));
    return true;
  }

  /** Makes a change and keeps the time of the directory. */
  void keepingTime(String directory, UndoStack.Step action) throws IOException {
    var before = root.status(directory);
    action.undo();
    if (before.isPresent()) {
      setTime(directory, before.get());
    }
  }

  private void setTime(String path, FileStatus as) throws IOException {
    root.setModified(path, as.mtimeSeconds(), as.mtimeNanos());
  }

  /** Created parent directories are removed again unless the command has created files in them. */
  private void makeParents(String path) throws IOException {
    var parent = RootedPath.parent(path);
    if (root.status(parent).isPresent()) {
      return;
    }
    makeParents(parent);
    undo.push(() -> removeIfEmpty(parent));
    keepingTime(RootedPath.parent(parent), () -> root.makeDirectory(parent));
  }

  private void removeIfThere(String path) throws IOException {
    if (root.status(path).isPresent()) {
      keepingTime(RootedPath.parent(path), () -> creator.remove(path));
    }
  }

  private void removeIfEmpty(String path) throws IOException {
    if (!root.status(path).map(FileStatus::isDirectory).orElse(false)) {
      return;
    }
    try {
      keepingTime(RootedPath.parent(path), () -> root.removeDirectory(path));
    } catch (LinuxException e) {
      if (!e.errno().equals(Errno.ENOTEMPTY)) {
        throw e;
      }
    }
  }

  /** Returns whether the directory itself was removed. */
  private boolean putBack(String aside, String path, TarEntry before) throws IOException {
    var removed = !root.status(path).map(FileStatus::isDirectory).orElse(false);
    if (removed) {
      creator.remove(path);
      makeParents(path);
      root.makeDirectory(path);
    } else {
      for (var name : root.list(path)) {
        creator.remove(RootedPath.join(path, name));
      }
    }
    moves.moveContents(aside, path);
    root.removeDirectory(aside);
    creator.applyMetadata(path, before);
    return removed;
  }

  private TarEntry describe(String path, FileStatus status) throws IOException {
    // Extended attributes of an existing directory are never changed.
    return new EntryReader(root).entry(path, status, Map.of()).orElseThrow();
  }

  private String newAside() throws IOException {
    if (hidden == 0) {
      makeParents(ASIDE);
      creator.remove(ASIDE);
      root.makeDirectory(ASIDE);
      root.setMode(ASIDE, ASIDE_MODE);
      undo.push(() -> removeIfEmpty(ASIDE));
    }
    return RootedPath.join(ASIDE, Integer.toString(hidden++));
  }
}
