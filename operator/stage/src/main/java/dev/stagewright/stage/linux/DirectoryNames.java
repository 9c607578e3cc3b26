package dev.stagewright.stage.linux;

import java.util.ArrayList;

/** Reads the names in a directory with {@code getdents64}. */
final class DirectoryNames {
  private static final int RECORD_LENGTH = 16;
  private static final int NAME = 19;

  private DirectoryNames() {}

  /** All names except {@code .} and {@code ..}, in the order of the file system. */
  static String[] read(SystemCalls system, long descriptor, String path) throws LinuxException {
    var names = new ArrayList<String>();
    var buffer = system.buffer();
    while (true) {
      var length =
          system.check(
              system.call(SystemCall.GETDENTS64, descriptor, buffer.address(), buffer.size()),
              SystemCall.GETDENTS64,
              path);
      if (length == 0) {
        return names.toArray(new String[0]);
      }
      for (var at = 0L; at < length; at += buffer.getShort(at + RECORD_LENGTH)) {
        var name = name(buffer, at + NAME);
        if (!name.equals(".") && !name.equals("..")) {
          names.add(name);
        }
      }
    }
  }

  @SuppressWarnings(
      "deprecation") // The only constructor that converts bytes to chars without a copy.
  private static String name(NativeMemory buffer, long start) {
    var end = start;
    while (buffer.getByte(end) != 0) {
      end++;
    }
    var bytes = buffer.copy(start, end - start);
    return new String(bytes, 0);
  }
}
