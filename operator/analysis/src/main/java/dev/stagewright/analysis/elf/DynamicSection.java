package dev.stagewright.analysis.elf;

import dev.stagewright.analysis.content.StringPool;
import dev.stagewright.analysis.elf.ElfFile.Linking;
import dev.stagewright.analysis.elf.ElfFile.SearchPaths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the dynamic section through the program headers, as the dynamic linker does, because
 * section headers may be absent.
 */
final class DynamicSection {
  private static final long DT_NULL = 0;
  private static final long DT_NEEDED = 1;
  private static final long DT_STRTAB = 5;
  private static final long DT_SONAME = 14;
  private static final long DT_RPATH = 15;
  private static final long DT_RUNPATH = 29;
  private static final long DT_VERDEF = 0x6ffffffcL;
  private static final long DT_VERNEED = 0x6ffffffeL;

  private static final int MAX_ENTRIES = 10_000;
  private static final int MAX_TEXT = 4096;

  /** All names together; a hostile file can have many long ones that overlap. */
  private static final int MAX_TEXTS = 1 << 16;

  private final ElfHeaders headers;
  private final StringPool pool;
  private final List<Long> needed = new ArrayList<>();
  private final Map<Long, Long> values = new HashMap<>();
  private int remaining = MAX_TEXTS;

  DynamicSection(ElfHeaders headers, StringPool pool) {
    this.headers = headers;
    this.pool = pool;
  }

  /** Reads the interpreter and the dynamic section. */
  Linking read() {
    for (var segment : headers.segments()) {
      if (segment.type() == ElfHeaders.PT_DYNAMIC) {
        readEntries(segment.offset(), segment.size());
      }
    }
    return new Linking(
        interpreter(),
        text(DT_SONAME),
        needed.stream().flatMap(name -> string(name).stream()).toList(),
        new SearchPaths(paths(DT_RPATH), paths(DT_RUNPATH)),
        new VersionTables(headers, this::string).read(address(DT_VERNEED), address(DT_VERDEF)));
  }

  private Optional<String> interpreter() {
    return headers.segments().stream()
        .filter(segment -> segment.type() == ElfHeaders.PT_INTERP)
        .findFirst()
        .flatMap(segment -> headers.view().text(segment.offset(), MAX_TEXT))
        .map(pool::unique);
  }

  private void readEntries(long offset, long size) {
    var word = headers.wordSize();
    var count = Math.min(size / (2L * word), MAX_ENTRIES);
    for (long i = 0; i < count; i++) {
      var at = offset + i * 2 * word;
      var tag = headers.word(at);
      if (tag == DT_NULL) {
        return;
      }
      var value = headers.word(at + word);
      if (tag == DT_NEEDED) {
        needed.add(value);
      } else {
        values.put(tag, value);
      }
    }
  }

  /** The position in the file of a table. */
  private Optional<Long> address(long tag) {
    return Optional.ofNullable(values.get(tag))
        .map(headers::offsetOf)
        .flatMap(offset -> offset.isPresent() ? Optional.of(offset.getAsLong()) : Optional.empty());
  }

  private Optional<String> string(long index) {
    if (remaining <= 0) {
      return Optional.empty();
    }
    var text = address(DT_STRTAB).flatMap(table -> headers.view().text(table + index, MAX_TEXT));
    remaining -= text.map(String::length).orElse(0) + 1;
    return text.map(pool::unique);
  }

  private Optional<String> text(long tag) {
    return Optional.ofNullable(values.get(tag)).flatMap(this::string);
  }

  private List<String> paths(long tag) {
    return text(tag)
        .filter(paths -> !paths.isEmpty())
        .map(paths -> List.of(paths.split(":", -1)))
        .orElse(List.of());
  }
}
