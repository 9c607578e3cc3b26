package dev.stagewright.analysis.elf;

import dev.stagewright.analysis.content.FileParts;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the section headers, as far as they are there: programs run without them. */
final class SectionHeaders {
  /** Sections for which there is room in the number of sections of the ELF header. */
  static final int MAX_SECTIONS = 0xff00;

  private static final long SHT_SYMTAB = 2;
  private static final long SHT_NOBITS = 8;
  private static final int MAX_NAME = 64;
  private static final int MAX_NAMES = 1 << 20;
  private static final int MAX_COMMENT = 1024;

  private final ElfHeaders headers;
  private long debugBytes;
  private String comment = "";

  SectionHeaders(ElfHeaders headers) {
    this.headers = headers;
  }

  /** Keeps the names of the sections, which Go puts far behind the section headers. */
  void keepNames(FileParts parts) {
    var names = headers.sectionNames();
    if (headers.sectionHeaders() > 0 && names > 0 && names < headers.sectionCount()) {
      parts.keep(offset(names), Math.min(size(names), MAX_NAMES));
    }
  }

  /** Reads all section headers. */
  SectionHeaders read() {
    var count = Math.min(headers.sectionCount(), MAX_SECTIONS);
    for (var i = 0; headers.sectionHeaders() > 0 && i < count; i++) {
      read(i);
    }
    return this;
  }

  /** The size of the debug sections, of the symbol table, and of the names of symbols. */
  long debugBytes() {
    return debugBytes;
  }

  /** The names of compilers in {@code .comment}; empty if there are none. */
  String comment() {
    return comment;
  }

  private void read(int index) {
    var type = headers.view().u32(header(index) + 4);
    if (type == 0 || type == SHT_NOBITS) {
      return;
    }
    var name = name(index).orElse("");
    if (type == SHT_SYMTAB) {
      var names = (int) Math.min(headers.view().u32(link(index)), MAX_SECTIONS);
      add(size(index));
      add(names < headers.sectionCount() ? size(names) : 0);
    } else if (name.startsWith(".debug_") || name.startsWith(".zdebug_")) {
      add(size(index));
    } else if (name.equals(".comment")) {
      var bytes = headers.view().bytes(offset(index), Math.clamp(size(index), 0, MAX_COMMENT));
      comment = new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  /** A section that claims to be larger than the file does not count. */
  private void add(long size) {
    if (size > 0 && size <= headers.length() - debugBytes) {
      debugBytes += size;
    }
  }

  private long header(int index) {
    return headers.sectionHeaders() + (long) index * headers.sectionHeaderSize();
  }

  private long offset(int index) {
    return headers.word(header(index) + (headers.bits() == 64 ? 24 : 16));
  }

  private long size(int index) {
    return headers.word(header(index) + (headers.bits() == 64 ? 32 : 20));
  }

  private long link(int index) {
    return header(index) + (headers.bits() == 64 ? 40 : 24);
  }

  private Optional<String> name(int index) {
    var names = headers.sectionNames();
    return names == 0 || names >= headers.sectionCount()
        ? Optional.empty()
        : headers.view().text(offset(names) + headers.view().u32(header(index)), MAX_NAME);
  }
}
