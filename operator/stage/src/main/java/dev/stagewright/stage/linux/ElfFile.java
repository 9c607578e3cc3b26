package dev.stagewright.stage.linux;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The header of an ELF program, which contains the path of its loader.
 *
 * @see <a href="https://refspecs.linuxfoundation.org/elf/elf.pdf">the ELF specification</a>
 */
public final class ElfFile {
  /** The number of bytes to read from the start of a program. */
  public static final int HEAD = 4096;

  private static final int MAGIC = 0x464c457f;
  private static final int CLASS = 4;
  private static final int CLASS_64 = 2;
  private static final int PROGRAM_HEADERS = 32;
  private static final int HEADER_SIZE = 54;
  private static final int HEADER_COUNT = 56;
  private static final int PT_INTERP = 3;

  private ElfFile() {}

  /** Whether these are the first bytes of an ELF program. */
  public static boolean isElf(byte[] head) {
    return head.length > CLASS && buffer(head).getInt(0) == MAGIC;
  }

  /**
   * The absolute path of the loader of a 64-bit program; empty if the program is statically linked.
   */
  public static Optional<String> interpreter(byte[] head) {
    if (!isElf(head) || head[CLASS] != CLASS_64) {
      return Optional.empty();
    }
    try {
      return find(buffer(head));
    } catch (IndexOutOfBoundsException | BufferUnderflowException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> find(ByteBuffer elf) {
    var at = (int) elf.getLong(PROGRAM_HEADERS);
    for (var i = 0; i < elf.getShort(HEADER_COUNT); i++) {
      if (elf.getInt(at) == PT_INTERP) {
        var offset = (int) elf.getLong(at + 8);
        var length = (int) elf.getLong(at + 32) - 1;
        var name = new byte[length];
        elf.get(offset, name);
        return Optional.of(new String(name, StandardCharsets.UTF_8));
      }
      at += elf.getShort(HEADER_SIZE);
    }
    return Optional.empty();
  }

  private static ByteBuffer buffer(byte[] head) {
    return ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
  }
}
