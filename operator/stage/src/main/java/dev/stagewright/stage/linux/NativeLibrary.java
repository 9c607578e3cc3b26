package dev.stagewright.stage.linux;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The library of {@code src/main/c/calls.c}. With the Foreign Function & Memory API, linking one
 * function would take longer than the rest of the start of a stage, and each call until the JIT
 * compiles it would be slow.
 */
final class NativeLibrary {
  /** The system property with the path of the library; by default, its resource is copied. */
  private static final String LOCATION = "dev.stagewright.library";

  private static final String RESOURCE = "libcalls.so";

  static {
    load(System.getProperty(LOCATION, ""));
  }

  private NativeLibrary() {}

  /** Makes a system call and returns its result, or the negative error number if it failed. */
  static native long call(long number, long a, long b, long c, long d, long e);

  /** The address of a direct buffer. */
  static native long address(ByteBuffer buffer);

  /** The memory of this process at an address. */
  static native ByteBuffer memory(long address, long size);

  private static void load(String location) {
    if (!location.isEmpty()) {
      System.load(location);
      return;
    }
    try {
      var copy = Files.createTempFile("libcalls", ".so");
      try {
        copyTo(copy);
        System.load(copy.toString());
      } finally {
        Files.delete(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copyTo(Path file) throws IOException {
    try (var content = NativeLibrary.class.getResourceAsStream(RESOURCE)) {
      if (content == null) {
        throw new FileNotFoundException(
            "the runtime does not contain the file \"" + RESOURCE + "\"");
      }
      Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
