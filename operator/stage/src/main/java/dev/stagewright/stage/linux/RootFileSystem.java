package dev.stagewright.stage.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.stagewright.layers.tar.RawName;
import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files below a root directory, by raw paths relative to it; the empty path is the root itself.
 *
 * <p>Nothing here follows a symbolic link in the last part of a path. Links in the parts before it
 * would be followed by the kernel, out of the root if they say so: callers resolve paths first (see
 * {@link dev.stagewright.stage.path.LinkResolver}). Paths may be longer than {@code PATH_MAX}.
 * Belongs to one thread.
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

  private RootFileSystem(Path directory, RedirectedPaths redirected) throws LinuxException {
    this.directory = directory;
    this.system = new SystemCalls(Arena.ofAuto());
    this.calls = RootedCalls.open(system, directory, redirected);
  }

  /**
   * Opens the files below this directory.
   *
   * @throws LinuxException if there is no such directory
   */
  public static RootFileSystem open(Path directory) throws LinuxException {
    return new RootFileSystem(directory, RedirectedPaths.NONE);
  }

  /**
   * The same files, but for some paths: what is at and below these is elsewhere.
   *
   * @param paths raw and resolved; none lies in another
   * @param other a root that has the directories above them
   */
  public RootFileSystem redirecting(Set<String> paths, RootFileSystem other) throws LinuxException {
    return new RootFileSystem(
        directory, new RedirectedPaths(List.copyOf(paths), other.calls.root()));
  }

  /**
   * A path of the root that holds in this process alone, and for as long as this is open; also when
   * the directory cannot be reached by its own path any more. Only what is below it may be named.
   */
  public Path descriptorPath() {
    return Path.of("/proc/self/fd/" + calls.root());
  }

  /** Lets go of the root; nothing here works afterwards. Without it, all ends with the process. */
  @Override
  public void close() {
    calls.close();
  }

  /** The directory that is the root. */
  public Path directory() {
    return directory;
  }

  /** What is at this path; empty where there is nothing. */
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

  /** Raw names in a directory, sorted by their bytes; none where it is no directory. */
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

  /** Where a symbolic link leads, raw; empty where there is no symbolic link. */
  public Optional<String> readLink(String path) throws LinuxException {
    var buffer = system.buffer();
    var length =
        calls.at(
            path,
            (dir, name) ->
                system.call(SystemCall.READLINKAT, dir, name, buffer.address(), buffer.byteSize()));
    if (isMissing(length) || length == -Errno.EINVAL.number()) {
      return Optional.empty();
    }
    system.check(length, SystemCall.READLINKAT, path);
    return Optional.of(RawName.ofBytes(buffer.asSlice(0, length).toArray(JAVA_BYTE)));
  }

  /** The content of a file. */
  public InputStream read(String path) throws LinuxException {
    var flags = O_CLOEXEC | SystemCall.noFollowFlag();
    var descriptor = calls.at(path, (dir, name) -> calls.open(dir, name, flags, 0));
    return new DescriptorInput(system, system.check(descriptor, SystemCall.OPENAT, path), path);
  }

  /** A new, empty file of mode 0600. */
  public OutputStream create(String path) throws LinuxException {
    return new DescriptorOutput(system, openNew(path), path);
  }

  /** A new, empty file of mode 0600, where blocks of zeros that are written take no room. */
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

  /** A new directory of mode 0755, the umask apart. */
  public void makeDirectory(String path) throws LinuxException {
    calls.change(SystemCall.MKDIRAT, path, 0755, 0, 0);
    calls.touchDirectoryOf(path);
  }

  /**
   * A new device, pipe or socket; of mode 0644.
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

  /** A new symbolic link. */
  public void makeSymlink(String target, String path) throws LinuxException {
    var result =
        calls.at(
            path,
            (dir, name) -> system.call(SystemCall.SYMLINKAT, system.secondPath(target), dir, name));
    system.check(result, SystemCall.SYMLINKAT, path);
    calls.touchDirectoryOf(path);
  }

  /** Another name for an existing file. */
  public void makeHardLink(String existing, String path) throws LinuxException {
    // Both paths as they are: link sets do not reach below PATH_MAX in practice.
    var result =
        system.call(
            SystemCall.LINKAT,
            calls.rootOf(existing),
            system.secondPath(existing),
            calls.rootOf(path),
            system.path(path));
    system.check(result, SystemCall.LINKAT, path);
    calls.touchDirectoryOf(path);
  }

  /** Removes a file of any type but directory. */
  public void unlink(String path) throws LinuxException {
    calls.change(SystemCall.UNLINKAT, path, 0, 0, 0);
    calls.touchDirectoryOf(path);
  }

  /** Removes an empty directory. */
  public void removeDirectory(String path) throws LinuxException {
    calls.change(SystemCall.UNLINKAT, path, AT_REMOVEDIR, 0, 0);
    calls.touchDirectoryOf(path);
  }

  /**
   * Moves a file or directory to where nothing is.
   *
   * @throws LinuxException with {@link Errno#EXDEV} to another file system, and for a directory of
   *     an image's layer on overlays
   */
  public void rename(String from, String to) throws LinuxException {
    // Both paths as they are: see makeHardLink.
    var result =
        system.call(
            SystemCall.RENAMEAT,
            calls.rootOf(from),
            system.path(from),
            calls.rootOf(to),
            system.secondPath(to));
    system.check(result, SystemCall.RENAMEAT, from);
    calls.touchDirectoryOf(from);
    calls.touchDirectoryOf(to);
  }

  /** Sets permission bits; never of a symbolic link. */
  public void setMode(String path, int mode) throws LinuxException {
    calls.change(SystemCall.FCHMODAT, path, mode, 0, 0);
  }

  /**
   * Sets the owner; of a symbolic link itself. Clears setuid and setgid.
   *
   * @throws LinuxException with {@link Errno#EINVAL} for an owner that the user namespace does not
   *     have
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

  /** Sets the time of the last change; the time of the last access becomes the same. */
  public void setModified(String path, long seconds, int nanos) throws LinuxException {
    var times = system.buffer();
    for (var offset = 0; offset <= 16; offset += 16) {
      times.set(JAVA_LONG, offset, seconds);
      times.set(JAVA_LONG, offset + 8, nanos);
    }
    calls.change(SystemCall.UTIMENSAT, path, times.address(), AT_SYMLINK_NOFOLLOW, 0);
  }

  /** The extended attributes of the files here. */
  public ExtendedAttributes attributes() {
    return new ExtendedAttributes(system, calls::rootOf);
  }

  private static boolean isMissing(long result) {
    return result == -Errno.ENOENT.number() || result == -Errno.ENOTDIR.number();
  }
}
