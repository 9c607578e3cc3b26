package dev.stagewright.stage.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.stagewright.layers.tar.RawName;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Extended attributes of files below a root. Files on file systems that have none appear to have
 * none, and so do those whose path is longer than {@code PATH_MAX}.
 */
public final class ExtendedAttributes {
  /** Holds a program's capabilities. */
  public static final String CAPABILITY = "security.capability";

  /** The node's own label, which means nothing anywhere else. */
  private static final String SELINUX = "security.selinux";

  private final SystemCalls system;
  private final ToLongFunction<String> roots;

  /**
   * Of files below directories.
   *
   * @param roots the descriptor of the directory that a path is relative to
   */
  ExtendedAttributes(SystemCalls system, ToLongFunction<String> roots) {
    this.system = system;
    this.roots = roots;
  }

  /** These calls take no directory, so the root's descriptor is named by its path. */
  private String named(String path) {
    return "/proc/self/fd/" + roots.applyAsLong(path) + "/" + path;
  }

  /** The value of one attribute; empty where the file has none. */
  public Optional<byte[]> get(String path, String name) throws LinuxException {
    if (isTooLong(path)) {
      return Optional.empty();
    }
    var value = system.buffer();
    var result =
        system.call(
            SystemCall.LGETXATTR,
            system.path(named(path)),
            system.secondPath(name),
            value.address(),
            value.byteSize());
    if (isAbsent(result)) {
      return Optional.empty();
    }
    var length = system.check(result, SystemCall.LGETXATTR, path);
    var bytes = value.asSlice(0, length).toArray(JAVA_BYTE);
    return Optional.of(name.equals(CAPABILITY) ? FileCapabilities.withoutRoot(bytes) : bytes);
  }

  /** All attributes of a file that are its own and not the node's, by raw name. */
  public Map<String, byte[]> all(String path) throws LinuxException {
    if (isTooLong(path)) {
      return Map.of();
    }
    var buffer = system.buffer();
    var result =
        system.call(
            SystemCall.LLISTXATTR, system.path(named(path)), buffer.address(), buffer.byteSize());
    if (result == 0 || isAbsent(result)) {
      return Map.of();
    }
    var length = system.check(result, SystemCall.LLISTXATTR, path);
    var names = RawName.ofBytes(buffer.asSlice(0, length).toArray(JAVA_BYTE));
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
   * @throws LinuxException with {@link Errno#EOPNOTSUPP} where the file system has none, with
   *     {@link Errno#EPERM} where we may not
   */
  public void set(String path, String name, byte[] value) throws LinuxException {
    var buffer = system.buffer();
    MemorySegment.copy(MemorySegment.ofArray(value), 0, buffer, 0, value.length);
    var result =
        system.call(
            SystemCall.LSETXATTR,
            system.path(named(path)),
            system.secondPath(name),
            buffer.address(),
            value.length,
            0);
    system.check(result, SystemCall.LSETXATTR, path);
  }

  /** Sets an attribute; what the file system or the kernel refuses is left out, as in BuildKit. */
  public void trySet(String path, String name, byte[] value) {
    try {
      set(path, name, value);
    } catch (LinuxException _) {
      // Without it the file is as useful as before.
    }
  }

  /** Removes an attribute; that there is none, or that it must stay, is no fault. */
  public void remove(String path, String name) {
    system.call(SystemCall.LREMOVEXATTR, system.path(named(path)), system.secondPath(name));
  }

  private boolean isTooLong(String path) {
    return named(path).length() >= SystemCalls.PATH_MAX;
  }

  private static boolean isAbsent(long result) {
    return result == -Errno.ENODATA.number()
        || result == -Errno.EOPNOTSUPP.number()
        || result == -Errno.ENOENT.number();
  }
}
