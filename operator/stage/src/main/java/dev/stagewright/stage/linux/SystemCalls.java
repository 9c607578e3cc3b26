package dev.stagewright.stage.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Makes system calls through the function {@code syscall} of the C library, with one method handle
 * for all calls: linking a handle takes more time than the rest of the start.
 *
 * <p>An instance contains the memory for arguments, so it belongs to one thread.
 */
final class SystemCalls {
  /** The longest path that the kernel accepts, including the terminating null byte. */
  static final int PATH_MAX = 4096;

  private static final int BUFFER = 64 * 1024;

  // A constant, so that the JIT can inline the calls.
  private static final MethodHandle SYSCALL =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().findOrThrow("syscall"),
              FunctionDescriptor.of(
                  JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                  JAVA_LONG),
              Linker.Option.captureCallState("errno"));

  private final MemorySegment errno;
  private final MemorySegment firstPath;
  private final MemorySegment secondPath;
  private final MemorySegment buffer;

  /** Uses memory of this arena, which must outlive the instance. */
  SystemCalls(Arena arena) {
    this.errno = arena.allocate(Linker.Option.captureStateLayout());
    this.firstPath = arena.allocate(PATH_MAX);
    this.secondPath = arena.allocate(PATH_MAX);
    this.buffer = arena.allocate(BUFFER, JAVA_LONG.byteAlignment());
  }

  /** Memory for data of a call other than paths, 64 KiB. */
  MemorySegment buffer() {
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

  private static long put(String raw, MemorySegment into) {
    var length = raw.length();
    if (length >= PATH_MAX) {
      throw new IllegalArgumentException("path of " + length + " bytes");
    }
    for (var i = 0; i < length; i++) {
      into.set(JAVA_BYTE, i, (byte) raw.charAt(i));
    }
    into.set(JAVA_BYTE, length, (byte) 0);
    return into.address();
  }

  /** Makes a call and returns its result, or the negative error number if it failed. */
  long call(SystemCall call, long a, long b, long c, long d, long e) {
    try {
      var result = (long) SYSCALL.invokeExact(errno, call.number(), a, b, c, d, e, 0L);
      return result == -1 ? -errno.get(JAVA_INT, 0) : result;
    } catch (Throwable t) {
      throw new IllegalStateException("a downcall does not throw", t);
    }
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
