package dev.stagewright.stage.linux;

/**
 * Makes system calls through the function {@code syscall} of the C library. An instance contains
 * the memory for arguments, so it belongs to one thread.
 */
final class SystemCalls {
  /** The longest path that the kernel accepts, including the terminating null byte. */
  static final int PATH_MAX = 4096;

  private static final int BUFFER = 64 * 1024;

  private final NativeMemory firstPath;
  private final NativeMemory secondPath;
  private final NativeMemory buffer;

  SystemCalls() {
    var memory = NativeMemory.allocate(BUFFER + 2 * PATH_MAX);
    this.buffer = memory.part(0, BUFFER);
    this.firstPath = memory.part(BUFFER, PATH_MAX);
    this.secondPath = memory.part(BUFFER + PATH_MAX, PATH_MAX);
  }

  /** Memory for data of a call other than paths, 64 KiB. */
  NativeMemory buffer() {
    return buffer;
  }

  /** Copies a raw path to native memory and returns its address. */
  long path(String raw) {
    return put(raw, firstPath);
  }

  /** Copies a second path for the same call and returns its address. */
  long secondPath(String raw) {
    return put(raw, secondPath);
  }

  private static long put(String raw, NativeMemory into) {
    if (raw.length() >= PATH_MAX) {
      throw new IllegalArgumentException("path of " + raw.length() + " bytes");
    }
    into.putName(raw);
    return into.address();
  }

  /** Makes a call and returns its result, or the negative error number if it failed. */
  long call(SystemCall call, long a, long b, long c, long d, long e) {
    return NativeLibrary.call(call.number(), a, b, c, d, e);
  }

  long call(SystemCall call, long a, long b, long c, long d) {
    return call(call, a, b, c, d, 0);
  }

  long call(SystemCall call, long a, long b, long c) {
    return call(call, a, b, c, 0, 0);
  }

  long call(SystemCall call, long a, long b) {
    return call(call, a, b, 0, 0, 0);
  }

  long call(SystemCall call, long a) {
    return call(call, a, 0, 0, 0, 0);
  }

  /** Checks the result of a call without a path. */
  long check(long result, SystemCall call) throws LinuxException {
    return check(result, call, "");
  }

  /**
   * Checks the result of a call for this path.
   *
   * @throws LinuxException if the call failed
   */
  long check(long result, SystemCall call, String path) throws LinuxException {
    if (result < 0) {
      throw new LinuxException(call.toString(), new Errno((int) -result), path);
    }
    return result;
  }
}
