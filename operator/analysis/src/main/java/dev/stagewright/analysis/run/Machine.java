package dev.stagewright.analysis.run;

import dev.stagewright.analysis.elf.ElfFile;
import dev.stagewright.layers.oci.Platform;
import java.util.Arrays;
import java.util.Optional;

/** The kind of ELF files of an architecture. */
enum Machine {
  AMD64("amd64", 64, true, 62, "x86_64-linux-gnu"),
  I386("386", 32, true, 3, "i386-linux-gnu"),
  ARM64("arm64", 64, true, 183, "aarch64-linux-gnu"),
  ARM("arm", 32, true, 40, "arm-linux-gnueabihf"),
  RISCV64("riscv64", 64, true, 243, "riscv64-linux-gnu"),
  PPC64LE("ppc64le", 64, true, 21, "powerpc64le-linux-gnu"),
  S390X("s390x", 64, false, 22, "s390x-linux-gnu"),
  MIPS64LE("mips64le", 64, true, 8, "mips64el-linux-gnuabi64"),
  LOONG64("loong64", 64, true, 258, "loongarch64-linux-gnu");

  private final String architecture;
  private final int bits;
  private final boolean littleEndian;
  private final int machine;
  private final String tuple;

  Machine(String architecture, int bits, boolean littleEndian, int machine, String tuple) {
    this.architecture = architecture;
    this.bits = bits;
    this.littleEndian = littleEndian;
    this.machine = machine;
    this.tuple = tuple;
  }

  /** The machine of a platform; empty if it is unknown. */
  static Optional<Machine> of(Platform platform) {
    return Arrays.stream(values())
        .filter(it -> it.architecture.equals(platform.architecture()))
        .findFirst();
  }

  /** The machine of a file; empty if it is unknown. */
  static Optional<Machine> of(ElfFile.Header header) {
    return Arrays.stream(values()).filter(it -> it.matches(header)).findFirst();
  }

  private boolean matches(ElfFile.Header header) {
    return header.machine() == machine
        && header.bits() == bits
        && header.littleEndian() == littleEndian;
  }

  /** Whether usual kernels of this machine also execute programs of another one. */
  boolean mostlyRuns(Machine other) {
    return this == AMD64 && other == I386;
  }

  /** Whether some processors of this machine also execute programs of another one. */
  boolean sometimesRuns(Machine other) {
    return this == ARM64 && other == ARM;
  }

  /** The name in image platforms. */
  String architecture() {
    return architecture;
  }

  /** The name of folders of libraries in Debian. */
  String tuple() {
    return tuple;
  }
}
