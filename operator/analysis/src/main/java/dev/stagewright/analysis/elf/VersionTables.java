package dev.stagewright.analysis.elf;

import dev.stagewright.analysis.elf.ElfFile.SymbolVersions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * Reads the versions of symbols that a file needs ({@code .gnu.version_r}) and defines ({@code
 * .gnu.version_d}). Both are lists of lists, linked by distances.
 */
final class VersionTables {
  private static final int WEAK = 2;
  private static final int BASE = 1;

  /** More than in any real file; a hostile one can claim millions. */
  private static final int MAX_ENTRIES = 10_000;

  private final ElfHeaders headers;
  private final LongFunction<Optional<String>> strings;
  private int remaining = MAX_ENTRIES;

  /**
   * Reads tables of a file.
   *
   * @param strings the string table of the dynamic section
   */
  VersionTables(ElfHeaders headers, LongFunction<Optional<String>> strings) {
    this.headers = headers;
    this.strings = strings;
  }

  /** Reads the tables at these positions in the file. */
  SymbolVersions read(Optional<Long> needs, Optional<Long> definitions) {
    return new SymbolVersions(
        needs.map(this::needs).orElse(List.of()),
        definitions.map(this::definitions).orElse(Set.of()));
  }

  private List<SymbolVersions.Needed> needs(long table) {
    var view = headers.view();
    var result = new ArrayList<SymbolVersions.Needed>();
    var at = table;
    long next;
    do {
      var library = strings.apply(view.u32(at + 4));
      var version = at + view.u32(at + 8);
      long nextVersion;
      do {
        var name = strings.apply(view.u32(version + 8));
        if (library.isPresent() && name.isPresent() && (view.u16(version + 4) & WEAK) == 0) {
          result.add(new SymbolVersions.Needed(library.get(), name.get()));
        }
        nextVersion = view.u32(version + 12);
        version += nextVersion;
      } while (nextVersion != 0 && --remaining > 0);
      next = view.u32(at + 12);
      at += next;
    } while (next != 0 && --remaining > 0);
    return result;
  }

  private Set<String> definitions(long table) {
    var view = headers.view();
    var result = new HashSet<String>();
    var at = table;
    long next;
    do {
      if ((view.u16(at + 2) & BASE) == 0) {
        // Further names of an entry are those of the versions that it includes.
        strings.apply(view.u32(at + view.u32(at + 12))).ifPresent(result::add);
      }
      next = view.u32(at + 16);
      at += next;
    } while (next != 0 && --remaining > 0);
    return result;
  }
}
