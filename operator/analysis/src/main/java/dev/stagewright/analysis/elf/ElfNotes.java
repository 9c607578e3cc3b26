package dev.stagewright.analysis.elf;

import java.util.Optional;

/** Reads the notes: the level of x86-64 that a program needs, and the build id of Go. */
final class ElfNotes {
  private static final long PROPERTIES = 5;
  private static final long ISA_NEEDED = 0xc0008002L;
  private static final long GO_BUILD_ID = 4;
  private static final int MAX_NOTES = 1000;
  private static final int HEADER = 12;

  private final ElfHeaders headers;
  private long isa;
  private boolean go;
  private int remaining = MAX_NOTES;

  ElfNotes(ElfHeaders headers) {
    this.headers = headers;
  }

  /** Reads all notes. */
  ElfNotes read() {
    headers.segments().stream()
        .filter(segment -> segment.type() == ElfHeaders.PT_NOTE)
        .forEach(this::read);
    return this;
  }

  /** The level of x86-64, from 1; empty if no note says it. */
  Optional<Integer> isaLevel() {
    return isa == 0
        ? Optional.empty()
        : Optional.of(Long.SIZE - Long.numberOfLeadingZeros(isa & 0xf));
  }

  /** Whether the linker of Go has written its build id. */
  boolean isGo() {
    return go;
  }

  private void read(ElfHeaders.Segment segment) {
    var view = headers.view();
    var alignment = segment.alignment() == 8 ? 8 : 4;
    var at = segment.offset();
    var end = at + segment.size();
    while (at >= 0 && at <= end - HEADER && remaining-- > 0) {
      var nameSize = view.u32(at);
      var size = view.u32(at + 4);
      var type = view.u32(at + 8);
      var description = at + aligned(HEADER + nameSize, alignment);
      if (nameSize == 4 && size <= end - description) {
        var name = view.text(at + HEADER, 4).orElse("");
        go |= name.equals("Go") && type == GO_BUILD_ID;
        if (name.equals("GNU") && type == PROPERTIES) {
          readProperties(description, size);
        }
      }
      at = description + aligned(size, alignment);
    }
  }

  private void readProperties(long start, long size) {
    var view = headers.view();
    var at = start;
    while (at <= start + size - 8 && remaining-- > 0) {
      var type = view.u32(at);
      var length = view.u32(at + 4);
      if (type == ISA_NEEDED && length == 4) {
        isa |= view.u32(at + 8) & 0xf;
      }
      at += 8 + aligned(length, headers.wordSize());
    }
  }

  private static long aligned(long size, int alignment) {
    return (size + alignment - 1) & -alignment;
  }
}
