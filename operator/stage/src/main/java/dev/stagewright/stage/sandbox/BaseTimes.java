package dev.stagewright.stage.sandbox;

import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.util.Collection;

/**
 * Gives directories the times back that they lost when the container runtime made something in them
 * to mount on.
 *
 * @param root the container's
 * @param base what it was before
 */
record BaseTimes(RootFileSystem root, RootFileSystem base) {

  /** Of the directories that these mount points are in, by raw paths. */
  void restore(Collection<String> mountPoints) throws IOException {
    for (var mountPoint : mountPoints) {
      var directory = RootedPath.parent(mountPoint);
      if (!directory.isEmpty() && !isMounted(directory, mountPoints)) {
        restore(directory);
      }
    }
  }

  private static boolean isMounted(String directory, Collection<String> mountPoints) {
    return mountPoints.stream().anyMatch(mounted -> RootedPath.isWithin(directory, mounted));
  }

  private void restore(String directory) throws IOException {
    var old = base.status(directory);
    var there = root.status(directory);
    if (old.isEmpty() || there.isEmpty() || !there.get().isDirectory()) {
      return;
    }
    if (old.get().mtimeSeconds() != there.get().mtimeSeconds()
        || old.get().mtimeNanos() != there.get().mtimeNanos()) {
      root.setModified(directory, old.get().mtimeSeconds(), old.get().mtimeNanos());
    }
  }
}
