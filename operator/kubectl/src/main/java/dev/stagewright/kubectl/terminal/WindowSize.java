package dev.stagewright.kubectl.terminal;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The size of a terminal's window.
 *
 * @param columns number of columns
 * @param rows number of rows
 */
public record WindowSize(int columns, int rows) {

  /** Returns the current size; empty if there is no terminal, or it does not know its size. */
  @FunctionalInterface
  public interface Source {
    /** The current size. */
    Optional<WindowSize> current();
  }

  /** The size of the terminal of standard output. */
  public static Source ofStandardOutput() {
    return source(1);
  }

  /** The size of the terminal of standard error. */
  public static Source ofStandardError() {
    return source(2);
  }

  /** Java has no function for this: asks the C library. */
  private static Source source(int descriptor) {
    try {
      var linker = Linker.nativeLinker();
      var ioctl =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("ioctl"),
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
              Linker.Option.firstVariadicArg(2));
      return () -> query(ioctl, descriptor);
    } catch (RuntimeException | LinkageError e) {
      return Optional::empty;
    }
  }

  @SuppressWarnings("IllegalCatch")
  private static Optional<WindowSize> query(MethodHandle ioctl, int descriptor) {
    try (var arena = Arena.ofConfined()) {
      // struct winsize: rows, columns, and two fields in pixels.
      var size = arena.allocate(JAVA_SHORT, 4);
      var failed = (int) ioctl.invokeExact(descriptor, request(), size) != 0;
      var rows = Short.toUnsignedInt(size.getAtIndex(JAVA_SHORT, 0));
      var columns = Short.toUnsignedInt(size.getAtIndex(JAVA_SHORT, 1));
      return failed || rows == 0 || columns == 0
          ? Optional.empty()
          : Optional.of(new WindowSize(columns, rows));
    } catch (Throwable e) {
      return Optional.empty();
    }
  }

  /** TIOCGWINSZ, which differs between Linux and the systems from BSD. */
  private static long request() {
    return System.getProperty("os.name", "").startsWith("Linux") ? 0x5413 : 0x40087468;
  }
}
