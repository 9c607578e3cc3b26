package dev.stagewright.stage.linux;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads and writes extended attributes of files below a root. Files on file systems without
 * extended attributes, and files whose path is longer than {@code PATH_MAX}, have none.
 */
public final class ExtendedAttributes {
  /** The capabilities of a program. */
  public static final String CAPABILITY = "security.capability";

  /** More than the length of a directory of {@code /proc} and a descriptor. */
  private static final int LONGEST_PREFIX = 32;

  private final SystemCalls system;
  private final UnaryOperator<String> procPaths;

  /**
   * Accesses files below directories.
   *
   * @param procPaths returns the path of a file through {@code /proc}, since these system calls
   *     have no parameter for a directory
   */
  ExtendedAttributes(SystemCalls system, UnaryOperator<String> procPaths) {
    this.system = system;
    this.procPaths = procPaths;
  }

  /** The attributes of a file. */
  public FileAttributes of(String path) {
    return new FileAttributes(
        system, path, isTooLong(path) ? FileAttributes.Calls.NONE : calls(procPaths.apply(path)));
  }

  private FileAttributes.Calls calls(String procPath) {
    return new FileAttributes.Calls() {
      @Override
      public long list(long address, long size) {
        return system.call(SystemCall.LLISTXATTR, system.path(procPath), address, size);
      }

      @Override
      public long get(long name, long address, long size) {
        return system.call(SystemCall.LGETXATTR, system.path(procPath), name, address, size);
      }
    };
  }

  /** The value of an attribute; empty if the file does not have it. */
  public Optional<byte[]> get(String path, String name) throws LinuxException {
    return of(path).get(name);
  }

  /** All attributes of a file, except those of the node, by raw name. */
  public Map<String, byte[]> all(String path) throws LinuxException {
    return of(path).all();
  }

  /**
   * Sets an attribute.
   *
   * @throws LinuxException with {@link Errno#EOPNOTSUPP} if the file system does not support
   *     attributes, with {@link Errno#EPERM} if it is not permitted
   */
  public void set(String path, String name, byte[] value) throws LinuxException {
    var buffer = system.buffer();
    buffer.put(value, 0, value.length);
    var result =
        system.call(
            SystemCall.LSETXATTR,
            system.path(procPaths.apply(path)),
            system.secondPath(name),
            buffer.address(),
            value.length,
            0);
    system.check(result, SystemCall.LSETXATTR, path);
  }

  /**
   * Sets an attribute. As in BuildKit, it is skipped if the file system or the kernel rejects it.
   */
  public void trySet(String path, String name, byte[] value) {
    try {
      set(path, name, value);
    } catch (LinuxException _) {
      // The file is usable without the attribute.
    }
  }

  /** Removes an attribute, if it exists and can be removed. */
  public void remove(String path, String name) {
    system.call(
        SystemCall.LREMOVEXATTR, system.path(procPaths.apply(path)), system.secondPath(name));
  }

  /** Whether the attributes of a file with this path cannot be accessed. */
  static boolean isTooLong(String path) {
    return path.length() >= SystemCalls.PATH_MAX - LONGEST_PREFIX;
  }
}
