package dev.stagewright.stage.sandbox;

import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.util.ArrayDeque;

/**
 * The mount points that are created for mounts and removed afterwards. Neither changes the time of
 * the parent directory.
 */
final class MountTargets {
  private final ArrayDeque<String> made = new ArrayDeque<>();

  /**
   * Creates a directory or an empty file, with its parents, unless the path exists.
   *
   * @param path raw resolved path
   */
  void make(RootFileSystem files, String path, boolean directory) throws IOException {
    if (path.isEmpty() || files.status(path).isPresent()) {
      return;
    }
    var parent = RootedPath.parent(path);
    make(files, parent, true);
    keepingTime(
        files,
        parent,
        () -> {
          if (directory) {
            files.makeDirectory(path);
          } else {
            files.create(path).close();
            files.setMode(path, 0644);
          }
        });
    made.push(path);
  }

  /** Removes created files and directories that are still empty. */
  void remove(RootFileSystem files) throws IOException {
    for (var path : made) {
      var status = files.status(path);
      if (status.isEmpty()) {
        continue;
      }
      var parent = RootedPath.parent(path);
      if (!status.get().isDirectory()) {
        if (status.get().size() == 0) {
          keepingTime(files, parent, () -> files.unlink(path));
        }
      } else if (files.list(path).length == 0) {
        keepingTime(files, parent, () -> files.removeDirectory(path));
      }
    }
    made.clear();
  }

  private static void keepingTime(RootFileSystem files, String directory, Change change)
      throws IOException {
    var before = files.status(directory).orElseThrow();
    change.make();
    files.setModified(directory, before.mtimeSeconds(), before.mtimeNanos());
  }

  /** A change that updates the time of a directory. */
  private interface Change {
    void make() throws IOException;
  }
}
