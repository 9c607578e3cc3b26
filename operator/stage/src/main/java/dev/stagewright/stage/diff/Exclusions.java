package dev.stagewright.stage.diff;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.protocol.Mounts;
import dev.stagewright.stage.linux.MountTable;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.LinkResolver;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is in a stage's container without being the stage's: mount points, with what the container
 * runtime put in the root to mount them on, and our own folders. None of it, nor anything below it,
 * is ever seen as a file of the stage.
 */
public final class Exclusions {
  private final Set<String> paths;

  private Exclusions(Set<String> paths) {
    this.paths = paths;
  }

  /** These raw paths. */
  public static Exclusions of(Collection<String> paths) {
    return new Exclusions(Set.copyOf(paths));
  }

  /**
   * What is mounted in a root at this moment.
   *
   * @param volumes paths that the base image declares as volumes: the container runtime mounts
   *     something there, but the files are the stage's
   */
  public static Exclusions mounted(RootFileSystem root, List<String> volumes) throws IOException {
    var paths = new HashSet<>(MountTable.below(root.directory()));
    var links = new LinkResolver(root::readLink);
    for (var volume : volumes) {
      paths.remove(links.resolve(RootedPath.clean(RawName.of(volume))));
    }
    paths.add(RootedPath.clean(Mounts.RUNTIME_VOLUME));
    paths.add(RootedPath.clean(Mounts.ROOT));
    return of(paths);
  }

  /** Whether this very path is excluded; what lies below an excluded path is not asked for. */
  public boolean contains(String path) {
    return paths.contains(path);
  }

  /** Whether something that is excluded lies in this directory. */
  public boolean liesIn(String directory) {
    for (var path : paths) {
      if (path.length() > directory.length() && RootedPath.isWithin(path, directory)) {
        return true;
      }
    }
    return false;
  }

  /** Whether this path or a directory that it lies in is excluded. */
  public boolean covers(String path) {
    for (var at = path; !at.isEmpty(); at = RootedPath.parent(at)) {
      if (paths.contains(at)) {
        return true;
      }
    }
    return false;
  }
}
