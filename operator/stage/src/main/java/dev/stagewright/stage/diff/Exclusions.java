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
 * The paths in the container of a stage that do not belong to the stage: mount points, the files
 * and directories that the container runtime created for them, and the directories of Stagewright.
 * These paths and all paths below them are never treated as files of the stage.
 */
public final class Exclusions {
  private final Set<String> paths;
  private final Map<String, FileStatus> artifacts;

  private Exclusions(Set<String> paths, Map<String, FileStatus> artifacts) {
    this.paths = Set.copyOf(paths);
    this.artifacts = Map.copyOf(artifacts);
  }

  /** Exactly these raw paths. */
  public static Exclusions of(Collection<String> paths) {
    return new Exclusions(Set.copyOf(paths), Map.of());
  }

  /**
   * The current mounts in a root.
   *
   * @param volumes volumes of the base image: the container runtime mounts volumes there, but the
   *     files belong to the stage
   * @param base the root without mounts, if available: directories that it lacks were created for
   *     mount points
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
   * These exclusions without the paths at or below the given paths. Directories that were created
   * for mount points are kept.
   */
  public Exclusions without(Collection<String> others) {
    var left = new HashSet<>(paths);
    left.removeIf(path -> others.stream().anyMatch(other -> RootedPath.isWithin(path, other)));
    return new Exclusions(left, artifacts);
  }

  /** These raw paths and the directories of a root that were created for them. */
  static Exclusions of(Set<String> paths, RootFileSystem root, RootFileSystem base)
      throws IOException {
    return new Exclusions(paths, artifacts(root, paths, base));
  }

  private static Map<String, FileStatus> artifacts(
      RootFileSystem root, Set<String> paths, RootFileSystem base) throws IOException {
    var artifacts = new HashMap<String, FileStatus>();
    for (var path : paths) {
      for (var at = RootedPath.parent(path); !at.isEmpty(); at = RootedPath.parent(at)) {
        var status = root.status(at);
        if (status.isPresent() && base.status(at).isEmpty()) {
          artifacts.put(at, status.get());
        }
      }
    }
    return artifacts;
  }

  /**
   * Whether a directory exists only for mount points: it was created for them, contains no other
   * files and was not changed.
   */
  public boolean isArtifact(String path, FileStatus status, RootFileSystem root)
      throws IOException {
    var made = artifacts.get(path);
    if (made == null || !isAs(made, status)) {
      return false;
    }
    for (var name : root.list(path)) {
      var child = RootedPath.join(path, name);
      var below = root.status(child);
      if (!contains(child) && below.isPresent() && !isArtifact(child, below.get(), root)) {
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

  /** Whether exactly this path is excluded. Callers do not ask for paths below an excluded path. */
  public boolean contains(String path) {
    return paths.contains(path);
  }

  /** Raw excluded paths that are not below another one. */
  public Set<String> topmost() {
    var top = new HashSet<String>();
    for (var path : paths) {
      if (!covers(RootedPath.parent(path))) {
        top.add(path);
      }
    }
    return top;
  }

  /** Whether an excluded path is below this directory. */
  public boolean containsExcluded(String directory) {
    for (var path : paths) {
      if (path.length() > directory.length() && RootedPath.isWithin(path, directory)) {
        return true;
      }
    }
    return false;
  }

  /** Whether this path or one of its parents is excluded. */
  public boolean covers(String path) {
    for (var at = path; !at.isEmpty(); at = RootedPath.parent(at)) {
      if (paths.contains(at)) {
        return true;
      }
    }
    return false;
  }
}
