package dev.stagewright.analysis.elf;

import dev.stagewright.analysis.content.FileParts;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The ELF header and the program headers.
 *
 * @param length of the file
 * @param view of the file, in its byte order
 * @param bits 32 or 64
 * @param littleEndian byte order
 * @param segments the program headers
 */
record ElfHeaders(
    long length, FileParts.View view, int bits, boolean littleEndian, List<Segment> segments) {
  static final int PT_LOAD = 1;
  static final int PT_DYNAMIC = 2;
  static final int PT_INTERP = 3;
  static final int PT_NOTE = 4;

  private static final int ET_REL = 1;
  private static final int ET_EXEC = 2;
  private static final int ET_DYN = 3;

  /** Linux does not start a program with more. */
  private static final int MAX_SEGMENTS = 65_536 / 32;

  /**
   * A program header.
   *
   * @param offset in the file
   * @param address in memory
   * @param size in the file
   */
  record Segment(long type, long offset, long address, long size, long alignment) {}

  /** Reads the headers; empty if the class or the byte order is not one of ELF. */
  static Optional<ElfHeaders> read(FileParts file) {
    var start = file.view(ByteOrder.LITTLE_ENDIAN);
    var elfClass = start.u8(4);
    var data = start.u8(5);
    if (start.u32(0) != 0x464c457fL || elfClass < 1 || elfClass > 2 || data < 1 || data > 2) {
      return Optional.empty();
    }
    var little = data == 1;
    var view = file.view(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    var headers = new ElfHeaders(file.length(), view, elfClass * 32, little, new ArrayList<>());
    headers.readSegments();
    return Optional.of(headers);
  }

  private void readSegments() {
    var at = word(is64() ? 32 : 28);
    var count = Math.min(view.u16(is64() ? 56 : 44), MAX_SEGMENTS);
    var size = is64() ? 56 : 32;
    for (var i = 0; i < count && at > 0; i++, at += size) {
      segments.add(
          is64()
              ? new Segment(
                  view.u32(at),
                  view.u64(at + 8),
                  view.u64(at + 16),
                  view.u64(at + 32),
                  view.u64(at + 48))
              : new Segment(
                  view.u32(at),
                  view.u32(at + 4),
                  view.u32(at + 8),
                  view.u32(at + 16),
                  view.u32(at + 28)));
    }
  }

  private boolean is64() {
    return bits == 64;
  }

  /** The number of the size of an address. */
  long word(long at) {
    return is64() ? view.u64(at) : view.u32(at);
  }

  /** The size of an address in bytes. */
  int wordSize() {
    return bits / 8;
  }

  ElfFile.Type type() {
    return switch (view.u16(16)) {
      case ET_REL -> ElfFile.Type.RELOCATABLE;
      case ET_EXEC -> ElfFile.Type.EXECUTABLE;
      case ET_DYN -> ElfFile.Type.SHARED;
      default -> ElfFile.Type.OTHER;
    };
  }

  int machine() {
    return view.u16(18);
  }

  /** Where the section headers begin; 0 if there are none. */
  long sectionHeaders() {
    return Math.max(0, word(is64() ? 40 : 32));
  }

  /** The number of section headers; 0 if there are none, or if their first one has the number. */
  int sectionCount() {
    return view.u16(is64() ? 60 : 48);
  }

  /** The index of the section with the names of sections. */
  int sectionNames() {
    return view.u16(is64() ? 62 : 50);
  }

  /** The size of a section header. */
  int sectionHeaderSize() {
    return is64() ? 64 : 40;
  }

  /** The position in the file of an address in memory. */
  OptionalLong offsetOf(long address) {
    return segments.stream()
        .filter(segment -> segment.type() == PT_LOAD)
        .filter(
            segment -> address >= segment.address() && address - segment.address() < segment.size())
        .mapToLong(segment -> segment.offset() + (address - segment.address()))
        .findFirst();
  }
}
