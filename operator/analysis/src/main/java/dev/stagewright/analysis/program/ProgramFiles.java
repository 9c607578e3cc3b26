package dev.stagewright.analysis.program;

import dev.stagewright.analysis.elf.ElfFile;
import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.analysis.image.ImageFile;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files that the program of an image cannot start without.
 *
 * @param program absolute path of what the container executes; empty if there is none
 * @param executable the ELF file that runs in the end: the program, or its last interpreter
 * @param interpreters absolute paths of what {@code #!} lines and shell forms name
 * @param runtime the run-time system of the language, if the program is interpreted
 * @param files by the absolute path that the program uses
 * @param missing what the image does not have: names of libraries, absolute paths of interpreters
 *     and dynamic linkers
 * @param complete whether these are all files: nothing is missing, and no script can start others
 */
public record ProgramFiles(
    Optional<String> program,
    Optional<ImageFile> executable,
    List<String> interpreters,
    Optional<LanguageRuntime> runtime,
    Map<String, ImageFile> files,
    List<String> missing,
    boolean complete) {
  /** Copies the collections. */
  public ProgramFiles {
    interpreters = List.copyOf(interpreters);
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    missing = List.copyOf(missing);
  }

  /** Collects the files that the program of an image needs. */
  public static ProgramFiles of(AnalyzedImage image) {
    return ProgramFilesCollector.of(image);
  }

  /** The facts of {@link #executable}. */
  public Optional<ElfFile> elf() {
    return executable.flatMap(file -> file.facts().elf());
  }

  /** How the program is linked. */
  public Linking linking() {
    return elf().map(Linking::of).orElse(Linking.UNKNOWN);
  }

  /** The kinds of shells that the start needs: {@code sh}, {@code bash}, {@code zsh}. */
  public Set<String> shells() {
    var names = new LinkedHashSet<String>();
    for (var interpreter : interpreters) {
      switch (interpreter.substring(interpreter.lastIndexOf('/') + 1)) {
        case "sh", "ash", "dash" -> names.add("sh");
        case "bash" -> names.add("bash");
        case "zsh" -> names.add("zsh");
        default -> {}
      }
    }
    return names;
  }
}
