package dev.stagewright.analysis.run;

import dev.stagewright.analysis.elf.ElfFile;
import dev.stagewright.analysis.image.ImageFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A program or library in the memory of a process.
 *
 * @param path under which the linker found it
 * @param file the file
 * @param elf its facts
 * @param loader the object that needs it first; empty for the program
 */
record LoadedObject(String path, ImageFile file, ElfFile elf, Optional<LoadedObject> loader) {
  static LoadedObject of(Program program) {
    // Linkers ask the kernel for the path of the program, which has no links.
    return new LoadedObject(
        "/" + program.file().path(), program.file(), program.elf(), Optional.empty());
  }

  List<String> needed() {
    return elf.linking().needed();
  }

  /** The folder that {@code $ORIGIN} stands for. */
  String origin() {
    return path.substring(0, Math.max(1, path.lastIndexOf('/')));
  }

  String fileName() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Whether a name of {@code DT_NEEDED} means this object. */
  boolean hasName(String name) {
    return elf.linking().soname().filter(name::equals).isPresent() || fileName().equals(name);
  }

  /** This object, and those that led to it, up to the program. */
  List<LoadedObject> chain() {
    var chain = new ArrayList<LoadedObject>();
    for (var next = Optional.of(this); next.isPresent(); next = next.get().loader()) {
      chain.add(next.get());
    }
    return chain;
  }
}
