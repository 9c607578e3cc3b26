package dev.stagewright.analysis.run;

import dev.stagewright.analysis.elf.ElfFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Facts of ELF files; a program for amd64 that is linked statically, unless told otherwise. */
final class TestElf {
  private int bits = 64;
  private int machine = 62;
  private ElfFile.Type type = ElfFile.Type.EXECUTABLE;
  private Optional<Integer> level = Optional.empty();
  private Optional<String> interpreter = Optional.empty();
  private Optional<String> soname = Optional.empty();
  private final List<String> needed = new ArrayList<>();
  private List<String> rpath = List.of();
  private List<String> runpath = List.of();
  private final List<ElfFile.SymbolVersions.Needed> versions = new ArrayList<>();
  private final Set<String> defined = new HashSet<>();
  private final Set<String> toolchains = new HashSet<>();
  private final Set<String> mentions = new HashSet<>();

  static TestElf program() {
    return new TestElf();
  }

  /** A program for glibc that needs its C library. */
  static TestElf glibcProgram() {
    return program().interpreter("/lib64/ld-linux-x86-64.so.2").needs("libc.so.6");
  }

  /** A program for musl that needs its C library. */
  static TestElf muslProgram() {
    return program().interpreter("/lib/ld-musl-x86_64.so.1").needs("libc.musl-x86_64.so.1");
  }

  static TestElf library(String soname) {
    var library = program().type(ElfFile.Type.SHARED);
    library.soname = Optional.of(soname);
    return library;
  }

  TestElf type(ElfFile.Type to) {
    type = to;
    return this;
  }

  TestElf arm64() {
    machine = 183;
    return this;
  }

  TestElf arm() {
    bits = 32;
    machine = 40;
    return this;
  }

  TestElf i386() {
    bits = 32;
    machine = 3;
    return this;
  }

  TestElf level(int to) {
    level = Optional.of(to);
    return this;
  }

  TestElf interpreter(String path) {
    interpreter = Optional.of(path);
    return this;
  }

  TestElf needs(String... libraries) {
    needed.addAll(List.of(libraries));
    return this;
  }

  TestElf rpath(String... folders) {
    rpath = List.of(folders);
    return this;
  }

  TestElf runpath(String... folders) {
    runpath = List.of(folders);
    return this;
  }

  TestElf needsVersion(String library, String version) {
    versions.add(new ElfFile.SymbolVersions.Needed(library, version));
    return this;
  }

  TestElf defines(String... symbolVersions) {
    defined.addAll(List.of(symbolVersions));
    return this;
  }

  TestElf madeBy(String toolchain) {
    toolchains.add(toolchain);
    return this;
  }

  TestElf mentions(String text) {
    mentions.add(text);
    return this;
  }

  ElfFile facts() {
    return new ElfFile(
        new ElfFile.Header(bits, true, machine, type, level),
        new ElfFile.Linking(
            interpreter,
            soname,
            needed,
            new ElfFile.SearchPaths(rpath, runpath),
            new ElfFile.SymbolVersions(versions, defined)),
        new ElfFile.Content(toolchains, mentions, 0, true));
  }
}
