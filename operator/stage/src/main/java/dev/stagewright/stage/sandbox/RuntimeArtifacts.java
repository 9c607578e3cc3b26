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
 * What a container runtime put into a container's root to mount something on it: empty files and
 * directories that are not older than the container, with the directories that were made for them.
 */
final class RuntimeArtifacts {
  private final Set<String> mountPoints;
  private final long startMillis;

  /**
   * Of the container that has these mounts.
   *
   * @param mountPoints raw paths relative to the root
   * @param startMillis when the container was made, since 1970; images are older
   */
  RuntimeArtifacts(Collection<String> mountPoints, long startMillis) {
    this.mountPoints = new HashSet<>(mountPoints);
    this.startMillis = startMillis;
  }

  /**
   * Fills a directory with what hides them, once an overlay lays it over the root.
   *
   * @param root the container's, without its mounts
   */
  void mask(RootFileSystem root, RootFileSystem mask) throws IOException {
    var directories = new TreeSet<String>();
    for (var path : find(root)) {
      makeDirectory(RootedPath.parent(path), mask, directories);
      mask.makeNode(path, FileType.CHARACTER_DEVICE, 0, 0);
    }
    // From the bottom up: what is put into a directory moves its time.
    for (var directory : directories.descendingSet()) {
      var shown = root.status(directory).orElseThrow();
      mask.setOwner(directory, shown.uid(), shown.gid());
      mask.setMode(directory, shown.mode());
      mask.setModified(directory, shown.mtimeSeconds(), shown.mtimeNanos());
    }
  }

  private static void makeDirectory(String path, RootFileSystem mask, Set<String> made)
      throws IOException {
    if (made.add(path) && !path.isEmpty()) {
      makeDirectory(RootedPath.parent(path), mask, made);
      mask.makeDirectory(path);
    }
  }

  /** The topmost of them. */
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
