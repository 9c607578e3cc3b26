package dev.stagewright.stage.mount;

import dev.stagewright.stage.linux.Errno;
import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.LinuxException;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Measures the size of a directory. Of a directory whose entries have not changed since it was
 * measured before, only the subdirectories are visited: a file that a command extended without
 * creating, renaming or removing one beside it has its earlier size.
 *
 * <p>Sizes are those of the content in blocks of 4 KiB. The blocks that a file system reports may
 * not be allocated yet.
 *
 * @param settled directories that changed in this second or later may still change without a
 *     visible effect on their time
 */
record SizeMeasurement(RootFileSystem files, long settled) {
  private static final long BLOCK = 4096;

  /** Files that another process removed, or that belong to IDs outside of the user namespace. */
  private static final Set<Errno> INACCESSIBLE = Set.of(Errno.ENOENT, Errno.EACCES, Errno.EPERM);

  /**
   * Measures a directory.
   *
   * @param previous earlier result, if there is one
   */
  DirectorySize measure(String path, String name, Optional<DirectorySize> previous)
      throws LinuxException {
    var status = files.status(path);
    if (status.isEmpty()) {
      return new DirectorySize(name, 0, DirectorySize.UNSETTLED, 0, List.of());
    }
    var known = previous.filter(earlier -> isUnchanged(earlier, status.get()));
    return known.isPresent() ? again(path, known.get()) : list(path, name, status.get(), previous);
  }

  private static boolean isUnchanged(DirectorySize earlier, FileStatus status) {
    return earlier.seconds() == status.mtimeSeconds() && earlier.nanos() == status.mtimeNanos();
  }

  private DirectorySize again(String path, DirectorySize known) throws LinuxException {
    var children = new ArrayList<DirectorySize>();
    for (var child : known.children()) {
      children.add(measure(RootedPath.join(path, child.name()), child.name(), Optional.of(child)));
    }
    return new DirectorySize(
        known.name(), known.seconds(), known.nanos(), known.bytes(), List.copyOf(children));
  }

  private DirectorySize list(
      String path, String name, FileStatus status, Optional<DirectorySize> previous)
      throws LinuxException {
    var known = byName(previous);
    var bytes = BLOCK;
    var children = new ArrayList<DirectorySize>();
    for (var entry : names(path)) {
      var below = RootedPath.join(path, entry);
      var found = files.status(below);
      if (found.isEmpty()) {
        continue;
      }
      if (found.get().isDirectory()) {
        children.add(measure(below, entry, Optional.ofNullable(known.get(entry))));
      } else {
        bytes += size(found.get());
      }
    }
    return new DirectorySize(
        name,
        status.mtimeSeconds(),
        status.mtimeSeconds() < settled ? status.mtimeNanos() : DirectorySize.UNSETTLED,
        bytes,
        List.copyOf(children));
  }

  private static Map<String, DirectorySize> byName(Optional<DirectorySize> previous) {
    var known = new HashMap<String, DirectorySize>();
    previous.ifPresent(
        earlier -> earlier.children().forEach(child -> known.put(child.name(), child)));
    return known;
  }

  private String[] names(String path) throws LinuxException {
    try {
      return files.list(path);
    } catch (LinuxException e) {
      if (INACCESSIBLE.contains(e.errno())) {
        return new String[0];
      }
      throw e;
    }
  }

  /** The links of a file share its size. */
  private static long size(FileStatus status) {
    var blocks = Math.ceilDiv(status.size(), BLOCK);
    return blocks * BLOCK / Math.max(1, status.links());
  }
}
