package dev.stagewright.stage.linux;

import dev.stagewright.layers.tar.RawName;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the extended attributes of one file. A file on a file system without extended attributes
 * has none.
 */
public final class FileAttributes {
  /** The label of the node, which has no meaning on other nodes. */
  private static final String SELINUX = "security.selinux";

  /** Enough for most values; the kernel clears as much memory as is offered to it. */
  private static final int USUAL_SIZE = 512;

  private final SystemCalls system;
  private final String path;
  private final Calls calls;

  /**
   * Reads the attributes of a file.
   *
   * @param path raw path for error messages
   */
  FileAttributes(SystemCalls system, String path, Calls calls) {
    this.system = system;
    this.path = path;
    this.calls = calls;
  }

  /**
   * The system calls that read the attributes of a file. They return a length, or the negative
   * error number.
   */
  interface Calls {
    /** Calls for a file that has no attributes. */
    Calls NONE =
        new Calls() {
          @Override
          public long list(long address, long size) {
            return 0;
          }

          @Override
          public long get(long name, long address, long size) {
            return -Errno.ENODATA.number();
          }
        };

    /** Reads all names, each with a terminating null byte. */
    long list(long address, long size);

    /** Reads the value of an attribute. */
    long get(long name, long address, long size);
  }

  /** A system call that fills memory of this size. */
  private interface Filling {
    long make(long address, long size);
  }

  /** The value of an attribute; empty if the file does not have it. */
  public Optional<byte[]> get(String name) throws LinuxException {
    var result = fill((address, size) -> calls.get(system.secondPath(name), address, size));
    if (isAbsent(result)) {
      return Optional.empty();
    }
    var length = system.check(result, SystemCall.LGETXATTR, path);
    var bytes = system.buffer().copy(0, length);
    return Optional.of(
        name.equals(ExtendedAttributes.CAPABILITY) ? FileCapabilities.withoutRoot(bytes) : bytes);
  }

  /** All attributes, except those of the node, by raw name. */
  public Map<String, byte[]> all() throws LinuxException {
    var result = fill(calls::list);
    if (result == 0 || isAbsent(result)) {
      return Map.of();
    }
    var length = system.check(result, SystemCall.LLISTXATTR, path);
    var names = RawName.ofBytes(system.buffer().copy(0, length));
    var attributes = new TreeMap<String, byte[]>();
    for (var start = 0; start < names.length(); ) {
      var end = names.indexOf('\0', start);
      var name = names.substring(start, end);
      if (!name.equals(SELINUX)) {
        get(name).ifPresent(value -> attributes.put(name, value));
      }
      start = end + 1;
    }
    return attributes;
  }

  private long fill(Filling call) {
    var buffer = system.buffer();
    var result = call.make(buffer.address(), USUAL_SIZE);
    return result == -Errno.ERANGE.number() ? call.make(buffer.address(), buffer.size()) : result;
  }

  private static boolean isAbsent(long result) {
    return result == -Errno.ENODATA.number()
        || result == -Errno.EOPNOTSUPP.number()
        || result == -Errno.ENOENT.number();
  }
}
