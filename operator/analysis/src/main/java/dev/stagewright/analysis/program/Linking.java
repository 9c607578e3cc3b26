package dev.stagewright.analysis.program;

import dev.stagewright.analysis.elf.ElfFile;

/** How a program is linked. */
public enum Linking {
  STATIC,
  GLIBC,
  MUSL,
  /** With another dynamic linker, or unknown. */
  UNKNOWN;

  static Linking of(ElfFile elf) {
    if (elf.isStaticProgram()) {
      return STATIC;
    }
    var interpreter = elf.linking().interpreter().orElse("");
    if (interpreter.contains("/ld-musl-")) {
      return MUSL;
    }
    return interpreter.contains("/ld-linux") || interpreter.contains("/ld64.so") ? GLIBC : UNKNOWN;
  }
}
