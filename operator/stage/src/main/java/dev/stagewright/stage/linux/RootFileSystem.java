package dev.stagewright.stage.linux;

import dev.stagewright.layers.tar.RawName;
import java.io.Closeable;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Accesses the files below a root directory by raw paths relative to it; the empty path is the root
 * itself.
 *
 * <p>No method follows a symbolic link in the last part of a path. The kernel would follow symbolic
 * links in the other parts, even out of the root unless it is {@linkplain #openConfined confined},
 * so callers must resolve paths first (see {@link dev.stagewright.stage.path.LinkResolver}). Paths
 * may be longer than {@code PATH_MAX}. An instance belongs to one thread.
 */
public final class RootFileSystem implements Closeable {
  private static final int AT_SYMLINK_NOFOLLOW = 0x100;
  private static final int AT_REMOVEDIR = 0x200;
  private static final int O_WRONLY = 01;
  private static final int O_CREAT = 0100;
  private static final int O_EXCL = 0200;
  private static final int O_CLOEXEC = 02000000;
  private static final int NEW_FILE_MODE = 0600;

  private final Path directory;
  private final SystemCalls system;
  private final RootedCalls calls;

  private RootFileSystem(Path directory, SystemCalls system, RootedCalls calls) {
    this.directory = directory;
    this.system = system;
    this.calls = calls;
  }

  private static RootFileSystem open(Path directory, RedirectedPaths redirected)
      throws LinuxException {
    var system = new SystemCalls();
    return new RootFileSystem(directory, system, RootedCalls.open(system, directory, redirected));
  }

  /**
   * Opens the files below this directory.
   *
   * @throws LinuxException if the directory does not exist
   */
  public static RootFileSystem open(Path directory) throws LinuxException {
    return open(directory, RedirectedPaths.NONE);
  }

  /**
   * Opens the files below this directory for paths that may not be resolved: no method follows a
   * symbolic link in any part of a path, and none accepts {@code ..}. Directories must be removed
   * and renamed only through this instance. It is slower, and needed where the directory is not the
   * root of a container.
   *
   * @throws LinuxException if the directory does not exist
   */
  public static RootFileSystem openConfined(Path directory) throws LinuxException {
    var system = new SystemCalls();
    return new RootFileSystem(directory, system, RootedCalls.openConfined(system, directory));
  }

  /**
   * These files with some paths redirected to another root.
   *
   * @param paths raw resolved paths, none of which is below another one
   * @param other root that contains the parents of the paths
   */
  public RootFileSystem redirecting(Set<String> paths, RootFileSystem other) throws LinuxException {
    return open(directory, new RedirectedPaths(List.copyOf(paths), other.calls.root()));
  }

  /**
   * A path of the root that is valid only in this process and while this instance is open, even if
   * the directory cannot be reached by its own path any more. It may be used only as a prefix of
   * paths below it.
   */
  public Path descriptorPath() {
    return Path.of("/proc/self/fd/" + calls.root());
  }

  /**
   * Closes the root. No method works afterwards. If it is not called, the root is closed with the
   * process.
   */
  @Override
  public void close() {
    calls.close();
  }

  /** The root directory. */
  public Path directory() {
    return directory;
  }

  /** The status of a file; empty if it does not exist. */
  public Optional<FileStatus> status(String path) throws LinuxException {
    var result =
        calls.at(
            path,
            (dir, name) ->
                system.call(
                    SystemCall.STATX,
                    dir,
                    name,
                    AT_SYMLINK_NOFOLLOW,
                    FileStatus.BASIC,
                    system.buffer().address()));
    if (isMissing(result)) {
      return Optional.empty();
    }
    system.check(result, SystemCall.STATX, path);
    return Optional.of(FileStatus.read(system.buffer()));
  }

  /** The raw names in a directory, sorted by their bytes; none if the path is not a directory. */
  public String[] list(String path) throws LinuxException {
    var opened =
        calls.at(path, (dir, name) -> calls.open(dir, name, RootedCalls.directoryFlags(), 0));
    if (isMissing(opened)) {
      return new String[0];
    }
    var descriptor = system.check(opened, SystemCall.OPENAT, path);
    try {
      var names = DirectoryNames.read(system, descriptor, path);
      Arrays.sort(names);
      return names;
    } finally {
      system.call(SystemCall.CLOSE, descriptor);
    }
  }

  /** The raw target of a symbolic link; empty if the path is not a symbolic link. */
  public Optional<String> readLink(String path) throws LinuxException {
    var buffer = system.buffer();
    var length =
        calls.at(
            path,
            (dir, name) ->
                system.call(SystemCall.READLINKAT, dir, name, buffer.address(), buffer.size()));
    if (isMissing(length) || length == -Errno.EINVAL.number()) {
      return Optional.empty();
    }
    system.check(length, SystemCall.READLINKAT, path);
    return Optional.of(RawName.ofBytes(buffer.copy(0, length)));
  }

  /** Opens a file. */
  public OpenFile read(String path) throws LinuxException {
    var flags = O_CLOEXEC | SystemCall.noFollowFlag();
    var descriptor = calls.at(path, (dir, name) -> calls.open(dir, name, flags, 0));
    return new OpenFile(system, system.check(descriptor, SystemCall.OPENAT, path), path);
  }

  /** Creates an empty file with mode 0600. */
  public OutputStream create(String path) throws LinuxException {
    return new DescriptorOutput(system, openNew(path), path);
  }

  /** Creates an empty file with mode 0600, in which blocks of zeros take no space. */
  public OutputStream createSparse(String path) throws LinuxException {
    return new SparseOutput(system, openNew(path), path);
  }

  private long openNew(String path) throws LinuxException {
    var flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | SystemCall.noFollowFlag();
    var opened = calls.at(path, (dir, name) -> calls.open(dir, name, flags, NEW_FILE_MODE));
    var descriptor = system.check(opened, SystemCall.OPENAT, path);
    calls.touchDirectoryOf(path);
    return descriptor;
  }

  /** Creates a directory with mode 0755, reduced by the umask. */
  public void makeDirectory(String path) throws LinuxException {
    calls.change(SystemCall.MKDIRAT, path, 0755, 0, 0);
    calls.touchDirectoryOf(path);
  }

  /**
   * Creates a device, pipe or socket with mode 0644.
   *
   * @throws LinuxException with {@link Errno#EPERM} for a device in a user namespace
   */
  public void makeNode(String path, FileType type, int major, int minor) throws LinuxException {
    var device =
        (minor & 0xffL) | (major & 0xfffL) << 8 | (minor & ~0xffL) << 12 | (major & ~0xfffL) << 32;
    var result =
        calls.at(
            path,
            (dir, name) -> system.call(SystemCall.MKNODAT, dir, name, type.bits() | 0644, device));
    if (result == -Errno.EPERM.number() && device != 0) {
      throw new LinuxException(
          "/" + RawName.text(path) + ": operation not permitted (mknod)", Errno.EPERM);
    }
    system.check(result, SystemCall.MKNODAT, path);
    calls.touchDirectoryOf(path);
  }

  /** Creates a symbolic link. */
  public void makeSymlink(String target, String path) throws LinuxException {
    var result =
        calls.at(
            path,
            (dir, name) -> system.call(SystemCall.SYMLINKAT, system.secondPath(target), dir, name));
    system.check(result, SystemCall.SYMLINKAT, path);
    calls.touchDirectoryOf(path);
  }

  /** Creates a hard link to an existing file. */
  public void makeHardLink(String existing, String path) throws LinuxException {
    // Both paths in one call: hard links do not have paths longer than PATH_MAX in practice.
    var result =
        calls.atBoth(
            existing,
            path,
            (fromDir, fromName, toDir, toName) ->
                system.call(SystemCall.LINKAT, fromDir, fromName, toDir, toName));
    system.check(result, SystemCall.LINKAT, path);
    calls.touchDirectoryOf(path);
  }

  /** Removes a file that is not a directory. */
  public void unlink(String path) throws LinuxException {
    calls.change(SystemCall.UNLINKAT, path, 0, 0, 0);
    calls.touchDirectoryOf(path);
  }

  /** Removes an empty directory. */
  public void removeDirectory(String path) throws LinuxException {
    calls.change(SystemCall.UNLINKAT, path, AT_REMOVEDIR, 0, 0);
    calls.directoriesChanged();
    calls.touchDirectoryOf(path);
  }

  /**
   * Moves a file or directory to a path that does not exist.
   *
   * @throws LinuxException with {@link Errno#EXDEV} if the target is on another file system, or for
   *     a directory of an image layer on an overlay
   */
  public void rename(String from, String to) throws LinuxException {
    // Both paths in one call: see makeHardLink.
    var result =
        calls.atBoth(
            from,
            to,
            (fromDir, fromName, toDir, toName) ->
                system.call(SystemCall.RENAMEAT, fromDir, fromName, toDir, toName));
    calls.directoriesChanged();
    system.check(result, SystemCall.RENAMEAT, from);
    calls.touchDirectoryOf(from);
    calls.touchDirectoryOf(to);
  }

  /** Sets the permission bits of a file that is not a symbolic link. */
  public void setMode(String path, int mode) throws LinuxException {
    calls.change(SystemCall.FCHMODAT, path, mode, 0, 0);
  }

  /**
   * Sets the owner of a file or symbolic link. The kernel clears setuid and setgid.
   *
   * @throws LinuxException with {@link Errno#EINVAL} if the owner does not exist in the user
   *     namespace
   */
  public void setOwner(String path, long uid, long gid) throws LinuxException {
    try {
      calls.change(SystemCall.FCHOWNAT, path, uid, gid, AT_SYMLINK_NOFOLLOW);
    } catch (LinuxException e) {
      if (e.errno().equals(Errno.EINVAL)) {
        throw new LinuxException(
            "/%s: invalid argument (chown to %d:%d)".formatted(RawName.text(path), uid, gid),
            Errno.EINVAL);
      }
      throw e;
    }
  }

  /** Sets the time of the last modification and of the last access. */
  public void setModified(String path, long seconds, int nanos) throws LinuxException {
    var times = system.buffer();
    for (var offset = 0; offset <= 16; offset += 16) {
      times.putLong(offset, seconds);
      times.putLong(offset + 8, nanos);
    }
    calls.change(SystemCall.UTIMENSAT, path, times.address(), AT_SYMLINK_NOFOLLOW, 0);
  }

  /** The extended attributes of the files. */
  public ExtendedAttributes attributes() {
    return new ExtendedAttributes(system, calls::procPath);
  }

  private static boolean isMissing(long result) {
    return result == -Errno.ENOENT.number() || result == -Errno.ENOTDIR.number();
  }
}
