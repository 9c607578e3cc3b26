package dev.stagewright.analysis.jar;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The version of a class file, for example 65 for Java 21. */
public final class ClassVersion {
  private static final int FIRST = 45;
  private static final int MAGIC = 0xcafebabe;

  /** The number of bytes that contain the version. */
  public static final int HEADER = 8;

  private ClassVersion() {}

  /**
   * The version in the first bytes of a file; empty if it is not a class file. Fat binaries of
   * macOS begin with the same magic number, and a smaller number where classes have the version.
   */
  public static Optional<Integer> of(byte[] head, int count) {
    if (count < HEADER || number(head, 0) != MAGIC) {
      return Optional.empty();
    }
    var version = number(head, 4) & 0xffff;
    return version >= FIRST ? Optional.of(version) : Optional.empty();
  }

  private static int number(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).getInt(at);
  }
}
