package dev.stagewright.stage.sandbox;

import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.util.ArrayDeque;

/**
 * What has to be there to mount something on it, for as long as it is mounted. Neither making nor
 * removing it shows in the time of the directory that it is in.
 */
final class MountTargets {
  private final ArrayDeque<String> made = new ArrayDeque<>();

  /**
   * Makes a directory or an empty file, with directories above it, unless something is there.
   *
   * @param path raw, its links resolved
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

  /** Removes what was made and is still empty. */
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

  /** Something that moves a directory's time. */
  private interface Change {
    void make() throws IOException;
  }
}
