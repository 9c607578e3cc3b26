package dev.stagewright.stage.sandbox;

import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.FileType;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Files that a container runtime created as mount points in the root of a container: empty files
 * and directories that are not older than the container, and directories that were created for
 * them.
 */
final class RuntimeArtifacts {
  private final Set<String> mountPoints;
  private final long startMillis;

  /**
   * Finds the artifacts in a container with these mounts.
   *
   * @param mountPoints raw paths relative to the root
   * @param startMillis creation time of the container in milliseconds since 1970; images are older
   */
  RuntimeArtifacts(Collection<String> mountPoints, long startMillis) {
    this.mountPoints = new HashSet<>(mountPoints);
    this.startMillis = startMillis;
  }

  /**
   * Fills a directory with whiteouts that hide the artifacts in an overlay over the root.
   *
   * @param root root of the container without its mounts
   */
  void mask(RootFileSystem root, RootFileSystem mask) throws IOException {
    var directories = new TreeSet<String>();
    for (var path : find(root)) {
      makeDirectory(RootedPath.parent(path), mask, directories);
      mask.makeNode(path, FileType.CHARACTER_DEVICE, 0, 0);
    }
    // Bottom up, since a new file in a directory changes the time of the directory.
    for (var directory : directories.descendingSet()) {
      var status = root.status(directory).orElseThrow();
      mask.setOwner(directory, status.uid(), status.gid());
      mask.setMode(directory, status.mode());
      mask.setModified(directory, status.mtimeSeconds(), status.mtimeNanos());
    }
  }

  private static void makeDirectory(String path, RootFileSystem mask, Set<String> made)
      throws IOException {
    if (made.add(path) && !path.isEmpty()) {
      makeDirectory(RootedPath.parent(path), mask, made);
      mask.makeDirectory(path);
    }
  }

  /** The topmost artifacts. */
  Set<String> find(RootFileSystem root) throws IOException {
    var found = new TreeSet<String>();
    for (var point : mountPoints) {
      if (isArtifact(point, root)) {
        found.add(topmost(point, root));
      }
    }
    return found;
  }

  private String topmost(String artifact, RootFileSystem root) throws IOException {
    var parent = RootedPath.parent(artifact);
    return !parent.isEmpty() && isArtifact(parent, root) ? topmost(parent, root) : artifact;
  }

  private boolean isArtifact(String path, RootFileSystem root) throws IOException {
    var status = root.status(path);
    if (status.isEmpty() || millis(status.get()) < startMillis) {
      return false;
    }
    return switch (status.get().type()) {
      case FILE -> mountPoints.contains(path) && status.get().size() == 0;
      case DIRECTORY -> containsOnlyArtifacts(path, root);
      default -> false;
    };
  }

  private boolean containsOnlyArtifacts(String directory, RootFileSystem root) throws IOException {
    var names = root.list(directory);
    for (var name : names) {
      if (!isArtifact(RootedPath.join(directory, name), root)) {
        return false;
      }
    }
    return names.length > 0 || mountPoints.contains(directory);
  }

  private static long millis(FileStatus status) {
    return status.ctimeSeconds() * 1000 + status.ctimeNanos() / 1_000_000;
  }
}
