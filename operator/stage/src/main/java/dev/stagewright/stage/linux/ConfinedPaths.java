package dev.stagewright.stage.linux;

/**
 * Makes system calls for raw paths below a root directory that no path leaves: directories are
 * opened one by one without following symbolic links, and {@code ..} is not a valid part.
 *
 * <p>The directory of the last path stays open for the next one, so that a directory must not be
 * removed or renamed without {@link #close}.
 */
final class ConfinedPaths {
  private static final String NOT_FOUND = "/proc/self/fd/-1/";

  private final SystemCalls system;
  private final long root;
  private String directory = "";
  private long descriptor;

  /** Makes calls below this directory. */
  ConfinedPaths(SystemCalls system, long root) {
    this.system = system;
    this.root = root;
    this.descriptor = root;
  }

  /** Closes the directory of the last path. */
  void close() {
    closeUnlessRoot(descriptor);
    directory = "";
    descriptor = root;
  }

  /** Makes a system call for a path. */
  long at(String path, RootedCalls.CallAt call) {
    var parent = parentOf(path);
    return parent < 0 ? parent : call.make(parent, system.path(name(path)));
  }

  /** Makes a system call for two paths. */
  long atBoth(String first, String second, RootedCalls.CallAtBoth call) {
    var invalid = !isValid(first) || !isValid(second);
    if (invalid) {
      return -Errno.EINVAL.number();
    }
    var from = walk(root, parent(first));
    if (from < 0) {
      return from;
    }
    try {
      var to = parentOf(second);
      return to < 0
          ? to
          : call.make(from, system.path(name(first)), to, system.secondPath(name(second)));
    } finally {
      closeUnlessRoot(from);
    }
  }

  /** A path to the file through {@code /proc}, which does not exist if the path is not valid. */
  String procPath(String path) {
    var parent = parentOf(path);
    return parent < 0 ? NOT_FOUND : "/proc/self/fd/" + parent + "/" + name(path);
  }

  /** The descriptor of the directory that contains a file, or a negative error number. */
  private long parentOf(String path) {
    if (!isValid(path)) {
      return -Errno.EINVAL.number();
    }
    var parent = parent(path);
    if (parent.equals(directory)) {
      return descriptor;
    }
    var below = !directory.isEmpty() && parent.startsWith(directory + "/");
    var opened =
        below ? walk(descriptor, parent.substring(directory.length() + 1)) : walk(root, parent);
    if (opened >= 0) {
      closeUnlessRoot(descriptor);
      directory = parent;
      descriptor = opened;
    }
    return opened;
  }

  /** Opens a directory below another one; the other one stays open. */
  private long walk(long start, String path) {
    var at = start;
    for (var next = 0; next < path.length(); ) {
      var slash = path.indexOf('/', next);
      var end = slash < 0 ? path.length() : slash;
      var opened =
          system.call(
              SystemCall.OPENAT,
              at,
              system.path(path.substring(next, end)),
              RootedCalls.directoryFlags() | RootedCalls.O_PATH,
              0);
      if (at != start) {
        system.call(SystemCall.CLOSE, at);
      }
      if (opened < 0) {
        return opened;
      }
      at = opened;
      next = end + 1;
    }
    return at;
  }

  private void closeUnlessRoot(long opened) {
    if (opened != root) {
      system.call(SystemCall.CLOSE, opened);
    }
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(path.lastIndexOf('/'), 0));
  }

  private static String name(String path) {
    var name = path.substring(path.lastIndexOf('/') + 1);
    return name.isEmpty() ? "." : name;
  }

  /** Whether each part is a name; the empty path is the root. */
  private static boolean isValid(String path) {
    if (path.isEmpty()) {
      return true;
    }
    if (path.indexOf('\0') >= 0) {
      return false;
    }
    for (var start = 0; start <= path.length(); ) {
      var slash = path.indexOf('/', start);
      var end = slash < 0 ? path.length() : slash;
      var length = end - start;
      if (length == 0
          || length >= SystemCalls.PATH_MAX
          || (length == 1 && path.charAt(start) == '.')
          || (length == 2 && path.startsWith("..", start))) {
        return false;
      }
      start = end + 1;
    }
    return true;
  }
}
