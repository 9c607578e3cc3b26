package dev.stagewright.stage.diff;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.protocol.Mounts;
import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.MountTable;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.LinkResolver;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is in a stage's container without being the stage's: mount points, with what the container
 * runtime put in the root to mount them on, and our own folders. None of it, nor anything below it,
 * is ever seen as a file of the stage.
 */
public final class Exclusions {
  private final Set<String> paths;
  private final Map<String, FileStatus> traces;

  private Exclusions(Set<String> paths, Map<String, FileStatus> traces) {
    this.paths = Set.copyOf(paths);
    this.traces = Map.copyOf(traces);
  }

  /** These raw paths, and no more. */
  public static Exclusions of(Collection<String> paths) {
    return new Exclusions(Set.copyOf(paths), Map.of());
  }

  /**
   * What is mounted in a root at this moment.
   *
   * @param volumes paths that the base image declares as volumes: the container runtime mounts
   *     something there, but the files are the stage's
   * @param base the root as it was before anything was mounted, if it is at hand: directories that
   *     are not there were made for mount points
   */
  public static Exclusions mounted(
      RootFileSystem root, List<String> volumes, Optional<RootFileSystem> base) throws IOException {
    var paths = new HashSet<>(MountTable.below(root.directory()));
    var links = new LinkResolver(root::readLink);
    for (var volume : volumes) {
      paths.remove(links.resolve(RootedPath.clean(RawName.of(volume))));
    }
    paths.add(RootedPath.clean(Mounts.ROOT));
    return base.isPresent() ? of(paths, root, base.get()) : of(paths);
  }

  /**
   * The same, but for what is at or below these paths; directories that were made for mount points
   * are still known.
   */
  public Exclusions without(Collection<String> others) {
    var left = new HashSet<>(paths);
    left.removeIf(path -> others.stream().anyMatch(other -> RootedPath.isWithin(path, other)));
    return new Exclusions(left, traces);
  }

  /** These raw paths, with the directories of a root that were made for them. */
  static Exclusions of(Set<String> paths, RootFileSystem root, RootFileSystem base)
      throws IOException {
    return new Exclusions(paths, traces(root, paths, base));
  }

  private static Map<String, FileStatus> traces(
      RootFileSystem root, Set<String> paths, RootFileSystem base) throws IOException {
    var traces = new HashMap<String, FileStatus>();
    for (var path : paths) {
      for (var at = RootedPath.parent(path); !at.isEmpty(); at = RootedPath.parent(at)) {
        var status = root.status(at);
        if (status.isPresent() && base.status(at).isEmpty()) {
          traces.put(at, status.get());
        }
      }
    }
    return traces;
  }

  /**
   * Whether a directory is there for mount points only: it was made for them, and nobody has put
   * anything else into it, or changed it.
   */
  public boolean isTrace(String path, FileStatus status, RootFileSystem root) throws IOException {
    var made = traces.get(path);
    if (made == null || !isAs(made, status)) {
      return false;
    }
    for (var name : root.list(path)) {
      var child = RootedPath.join(path, name);
      var below = root.status(child);
      if (!contains(child) && below.isPresent() && !isTrace(child, below.get(), root)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAs(FileStatus made, FileStatus status) {
    return made.isDirectory()
        && status.isDirectory()
        && made.mode() == status.mode()
        && made.uid() == status.uid()
        && made.gid() == status.gid()
        && made.mtimeSeconds() == status.mtimeSeconds()
        && made.mtimeNanos() == status.mtimeNanos();
  }

  /** Whether this very path is excluded; what lies below an excluded path is not asked for. */
  public boolean contains(String path) {
    return paths.contains(path);
  }

  /** Raw paths of those that lie in no other. */
  public Set<String> topmost() {
    var top = new HashSet<String>();
    for (var path : paths) {
      if (!covers(RootedPath.parent(path))) {
        top.add(path);
      }
    }
    return top;
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
