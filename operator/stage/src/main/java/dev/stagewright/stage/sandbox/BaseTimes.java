package dev.stagewright.stage.sandbox;

import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.util.Collection;

/**
 * Restores the times of directories in which the container runtime created mount points.
 *
 * @param root root of the container
 * @param base the root before the mounts
 */
record BaseTimes(RootFileSystem root, RootFileSystem base) {

  /** Restores the times of the directories that contain these mount points, given as raw paths. */
  void restore(Collection<String> mountPoints) throws IOException {
    for (var mountPoint : mountPoints) {
      var directory = RootedPath.parent(mountPoint);
      if (!isMounted(directory, mountPoints)) {
        restore(directory);
      }
    }
  }

  private static boolean isMounted(String directory, Collection<String> mountPoints) {
    return mountPoints.stream().anyMatch(mounted -> RootedPath.isWithin(directory, mounted));
  }

  private void restore(String directory) throws IOException {
    var old = base.status(directory);
    var current = root.status(directory);
    if (old.isEmpty() || current.isEmpty() || !current.get().isDirectory()) {
      return;
    }
    if (old.get().mtimeSeconds() != current.get().mtimeSeconds()
        || old.get().mtimeNanos() != current.get().mtimeNanos()) {
      root.setModified(directory, old.get().mtimeSeconds(), old.get().mtimeNanos());
    }
  }
}
