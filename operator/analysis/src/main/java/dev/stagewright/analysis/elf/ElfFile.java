package dev.stagewright.analysis.elf;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the analysis keeps of an ELF file.
 *
 * @param header for which machine the file is
 * @param linking what the dynamic linker needs to start or load it
 * @param content what its sections contain
 */
public record ElfFile(Header header, Linking linking, Content content) {

  /** {@code e_type}. */
  public enum Type {
    RELOCATABLE,
    EXECUTABLE,
    /** A shared library, or a program that is linked as position-independent code. */
    SHARED,
    OTHER
  }

  /**
   * The machine.
   *
   * @param bits 32 or 64
   * @param littleEndian byte order
   * @param machine {@code e_machine}
   * @param type {@code e_type}
   * @param isaLevel the level of x86-64 that the program needs ({@code
   *     GNU_PROPERTY_X86_ISA_1_NEEDED}), 1 to 4; empty if it does not say
   */
  public record Header(
      int bits, boolean littleEndian, int machine, Type type, Optional<Integer> isaLevel) {}

  /**
   * The dynamic section.
   *
   * @param interpreter path of the program interpreter ({@code PT_INTERP}); empty for static
   *     programs and for most libraries
   * @param soname {@code DT_SONAME}; empty if absent
   * @param needed {@code DT_NEEDED}, in their order
   * @param paths where the linker looks for the needed libraries
   * @param versions of symbols
   */
  public record Linking(
      Optional<String> interpreter,
      Optional<String> soname,
      List<String> needed,
      SearchPaths paths,
      SymbolVersions versions) {
    /** A file without a dynamic section. */
    public static final Linking STATIC =
        new Linking(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            new SearchPaths(List.of(), List.of()),
            new SymbolVersions(List.of(), Set.of()));

    /** Copies the list. */
    public Linking {
      needed = List.copyOf(needed);
    }
  }

  /**
   * Search paths, with unexpanded {@code $ORIGIN}.
   *
   * @param rpath {@code DT_RPATH}
   * @param runpath {@code DT_RUNPATH}
   */
  public record SearchPaths(List<String> rpath, List<String> runpath) {
    /** Copies the lists. */
    public SearchPaths {
      rpath = List.copyOf(rpath);
      runpath = List.copyOf(runpath);
    }
  }

  /**
   * Versions of symbols, for example {@code GLIBC_2.34}.
   *
   * @param needed from the libraries ({@code .gnu.version_r}), except weak ones
   * @param defined by this library ({@code .gnu.version_d})
   */
  public record SymbolVersions(List<Needed> needed, Set<String> defined) {
    /** Copies the collections. */
    public SymbolVersions {
      needed = List.copyOf(needed);
      defined = Set.copyOf(defined);
    }

    /**
     * A version that a library must define.
     *
     * @param library as in {@link Linking#needed}
     */
    public record Needed(String library, String version) {}
  }

  /**
   * Facts about the content.
   *
   * @param toolchains languages whose tool chain has left its marks: {@code go}, {@code rust}, …
   * @param mentions those of the texts that the reader looks for that occur in the file
   * @param debugBytes size of the debug sections and the symbol table, in bytes
   * @param complete whether all of the file was read that its start depends on
   */
  public record Content(
      Set<String> toolchains, Set<String> mentions, long debugBytes, boolean complete) {
    /** Copies the sets. */
    public Content {
      toolchains = Set.copyOf(toolchains);
      mentions = Set.copyOf(mentions);
    }
  }

  /** Whether it is a program that needs no dynamic linker, also if it is position-independent. */
  public boolean isStaticProgram() {
    return linking.interpreter().isEmpty()
        && linking.needed().isEmpty()
        && linking.soname().isEmpty()
        && (header.type() == Type.EXECUTABLE || header.type() == Type.SHARED);
  }
}
