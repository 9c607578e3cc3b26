package dev.stagewright.stage.linux;

import dev.stagewright.layers.tar.RawName;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Reads and writes extended attributes of files below a root. Files on file systems without
 * extended attributes, and files whose path is longer than {@code PATH_MAX}, have none.
 */
public final class ExtendedAttributes {
  /** The capabilities of a program. */
  public static final String CAPABILITY = "security.capability";

  /** The label of the node, which has no meaning on other nodes. */
  private static final String SELINUX = "security.selinux";

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

  /** The value of an attribute; empty if the file does not have it. */
  public Optional<byte[]> get(String path, String name) throws LinuxException {
    if (isTooLong(path)) {
      return Optional.empty();
    }
    var value = system.buffer();
    var result =
        system.call(
            SystemCall.LGETXATTR,
            system.path(procPaths.apply(path)),
            system.secondPath(name),
            value.address(),
            value.size());
    if (isAbsent(result)) {
      return Optional.empty();
    }
    var length = system.check(result, SystemCall.LGETXATTR, path);
    var bytes = value.copy(0, length);
    return Optional.of(name.equals(CAPABILITY) ? FileCapabilities.withoutRoot(bytes) : bytes);
  }

  /** All attributes of a file, except those of the node, by raw name. */
  public Map<String, byte[]> all(String path) throws LinuxException {
    if (isTooLong(path)) {
      return Map.of();
    }
    var buffer = system.buffer();
    var result =
        system.call(
            SystemCall.LLISTXATTR,
            system.path(procPaths.apply(path)),
            buffer.address(),
            buffer.size());
    if (result == 0 || isAbsent(result)) {
      return Map.of();
    }
    var length = system.check(result, SystemCall.LLISTXATTR, path);
    var names = RawName.ofBytes(buffer.copy(0, length));
    var attributes = new TreeMap<String, byte[]>();
    for (var start = 0; start < names.length(); ) {
      var end = names.indexOf('\0', start);
      var name = names.substring(start, end);
      if (!name.equals(SELINUX)) {
        get(path, name).ifPresent(value -> attributes.put(name, value));
      }
      start = end + 1;
    }
    return attributes;
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

  private static boolean isTooLong(String path) {
    return path.length() >= SystemCalls.PATH_MAX - LONGEST_PREFIX;
  }

  private static boolean isAbsent(long result) {
    return result == -Errno.ENODATA.number()
        || result == -Errno.EOPNOTSUPP.number()
        || result == -Errno.ENOENT.number();
  }
}
