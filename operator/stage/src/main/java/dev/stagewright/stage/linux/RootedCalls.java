package dev.stagewright.stage.linux;

import dev.stagewright.layers.tar.RawName;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Makes system calls for raw paths relative to a root directory, some of which are redirected to
 * another root. Paths may be longer than {@code PATH_MAX}.
 */
final class RootedCalls {
  private static final long UTIME_NOW = (1L << 30) - 1;
  private static final long UTIME_OMIT = (1L << 30) - 2;
  private static final int AT_FDCWD = -100;
  private static final int O_CLOEXEC = 02000000;
  static final int O_PATH = 010000000;

  private final SystemCalls system;
  private final RedirectedPaths redirected;
  private final long root;
  private final Optional<ConfinedPaths> confined;

  private RootedCalls(
      SystemCalls system, RedirectedPaths redirected, long root, Optional<ConfinedPaths> confined) {
    this.system = system;
    this.redirected = redirected;
    this.root = root;
    this.confined = confined;
  }

  /**
   * Opens a root directory.
   *
   * @throws LinuxException if the directory does not exist
   */
  static RootedCalls open(SystemCalls system, Path directory, RedirectedPaths redirected)
      throws LinuxException {
    return new RootedCalls(system, redirected, open(system, directory), Optional.empty());
  }

  /**
   * Opens a root directory that no path leaves, whatever its symbolic links.
   *
   * @throws LinuxException if the directory does not exist
   */
  static RootedCalls openConfined(SystemCalls system, Path directory) throws LinuxException {
    var root = open(system, directory);
    return new RootedCalls(
        system, RedirectedPaths.NONE, root, Optional.of(new ConfinedPaths(system, root)));
  }

  private static long open(SystemCalls system, Path directory) throws LinuxException {
    var path = RawName.of(directory.toString());
    return system.check(
        system.call(SystemCall.OPENAT, AT_FDCWD, system.path(path), directoryFlags() | O_PATH, 0),
        SystemCall.OPENAT,
        path);
  }

  /** The descriptor of the root. */
  long root() {
    return root;
  }

  /** Closes the root. */
  void close() {
    confined.ifPresent(ConfinedPaths::close);
    system.call(SystemCall.CLOSE, root);
  }

  /** Must be called after a directory was removed or renamed. */
  void directoriesChanged() {
    confined.ifPresent(ConfinedPaths::close);
  }

  /**
   * Updates the modification time of the directory of a redirected path. The kernel updates only
   * that of the directory which contains the entry.
   */
  void touchDirectoryOf(String path) {
    if (redirected.paths().contains(path)) {
      var times = system.buffer();
      times.putLong(8, UTIME_OMIT);
      times.putLong(24, UTIME_NOW);
      var cut = path.lastIndexOf('/');
      system.call(
          SystemCall.UTIMENSAT,
          root,
          system.path(cut < 0 ? "." : path.substring(0, cut)),
          times.address(),
          0);
    }
  }

  void change(SystemCall call, String path, long a, long b, long c) throws LinuxException {
    system.check(at(path, (dir, name) -> system.call(call, dir, name, a, b, c)), call, path);
  }

  long open(long dir, long name, int flags, int mode) {
    return system.call(SystemCall.OPENAT, dir, name, flags, mode);
  }

  static int directoryFlags() {
    return SystemCall.directoryFlag() | SystemCall.noFollowFlag() | O_CLOEXEC;
  }

  private long rootOf(String path) {
    return redirected.covers(path) ? redirected.root() : root;
  }

  /** A path to the file through {@code /proc}, for system calls without a directory parameter. */
  String procPath(String path) {
    return confined.isPresent()
        ? confined.get().procPath(path)
        : "/proc/self/fd/" + rootOf(path) + "/" + path;
  }

  /** Makes a system call for two paths, which must be shorter than {@code PATH_MAX}. */
  long atBoth(String first, String second, CallAtBoth call) {
    return confined.isPresent()
        ? confined.get().atBoth(first, second, call)
        : call.make(rootOf(first), system.path(first), rootOf(second), system.secondPath(second));
  }

  /**
   * Makes a system call for a path. A path that is too long for the kernel is opened step by step.
   */
  long at(String path, CallAt call) {
    if (confined.isPresent()) {
      return confined.get().at(path, call);
    }
    if (path.length() < SystemCalls.PATH_MAX) {
      return call.make(rootOf(path), system.path(path.isEmpty() ? "." : path));
    }
    var cut = path.lastIndexOf('/', SystemCalls.PATH_MAX - 2);
    var first = rootOf(path);
    var start = first;
    var rest = path;
    while (cut > 0) {
      var next = open(start, system.path(rest.substring(0, cut)), directoryFlags() | O_PATH, 0);
      closeUnless(first, start);
      if (next < 0) {
        return next;
      }
      start = next;
      rest = rest.substring(cut + 1);
      cut =
          rest.length() < SystemCalls.PATH_MAX
              ? -1
              : rest.lastIndexOf('/', SystemCalls.PATH_MAX - 2);
    }
    var result = call.make(start, system.path(rest));
    closeUnless(first, start);
    return result;
  }

  private void closeUnless(long kept, long descriptor) {
    if (descriptor != kept) {
      system.call(SystemCall.CLOSE, descriptor);
    }
  }

  /** A system call for a name in a directory. */
  interface CallAt {
    long make(long directory, long name);
  }

  /** A system call for names in two directories. */
  interface CallAtBoth {
    long make(long firstDirectory, long firstName, long secondDirectory, long secondName);
  }
}
