package dev.stagewright.analysis;

import dev.stagewright.analysis.elf.ElfFile;
import dev.stagewright.analysis.layer.FileFacts;
import dev.stagewright.analysis.layer.LayerFile;
import dev.stagewright.layers.tar.TarEntry;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Entries of layers for tests. */
public final class TestFiles {
  private TestFiles() {}

  /** A file of which only the size matters. */
  public static LayerFile file(String path, long size) {
    return LayerFile.of(TarEntry.file(path, size), FileFacts.NONE);
  }

  /** A file with a digest. */
  public static LayerFile file(String path, long size, String digest) {
    var facts =
        new FileFacts(
            Optional.of(digest),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    return LayerFile.of(TarEntry.file(path, size), facts);
  }

  /** A small file with a known content. */
  public static LayerFile text(String path, String text) {
    var facts =
        new FileFacts(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(text),
            List.of());
    return LayerFile.of(TarEntry.file(path, text.length()), facts);
  }

  /** A file that contains something that looks like a secret. */
  public static LayerFile secret(String path, String kind) {
    var facts =
        new FileFacts(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(new FileFacts.Secret(kind, 3)));
    return LayerFile.of(TarEntry.file(path, 100), facts);
  }

  /** A script that begins with {@code #!}. */
  public static LayerFile script(String path, String interpreter) {
    var facts =
        new FileFacts(
            Optional.empty(),
            Optional.empty(),
            Optional.of(interpreter),
            Optional.empty(),
            Optional.empty(),
            List.of());
    return LayerFile.of(TarEntry.file(path, 100).withMode(0755), facts);
  }

  /** A static program. */
  public static LayerFile program(String path, long size) {
    return elf(path, size, elf(ElfFile.Linking.STATIC));
  }

  /** A program that needs libraries. */
  public static LayerFile program(String path, long size, String interpreter, String... needed) {
    return elf(path, size, elf(linking(Optional.of(interpreter), Optional.empty(), needed)));
  }

  /** A shared library. */
  public static LayerFile library(String path, long size, String... needed) {
    var name = path.substring(path.lastIndexOf('/') + 1);
    return elf(path, size, elf(linking(Optional.empty(), Optional.of(name), needed)));
  }

  private static ElfFile.Linking linking(
      Optional<String> interpreter, Optional<String> soname, String... needed) {
    return new ElfFile.Linking(
        interpreter,
        soname,
        List.of(needed),
        new ElfFile.SearchPaths(List.of(), List.of()),
        new ElfFile.SymbolVersions(List.of(), Set.of()));
  }

  /** An ELF file for x86-64 without marks of tool chains. */
  public static ElfFile elf(ElfFile.Linking linking) {
    return elf(linking, Set.of(), Set.of(), 0);
  }

  /** An ELF file for x86-64. */
  public static ElfFile elf(
      ElfFile.Linking linking, Set<String> toolchains, Set<String> mentions, long debugBytes) {
    return new ElfFile(
        new ElfFile.Header(64, true, 62, ElfFile.Type.SHARED, Optional.empty()),
        linking,
        new ElfFile.Content(toolchains, mentions, debugBytes, true));
  }

  /** A file that is an ELF file. */
  public static LayerFile elf(String path, long size, ElfFile elf) {
    var facts =
        new FileFacts(
            Optional.empty(),
            Optional.of(elf),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    return LayerFile.of(TarEntry.file(path, size).withMode(0755), facts);
  }

  /** The same ELF file with marks of a tool chain and texts in it. */
  public static LayerFile marked(LayerFile file, Set<String> toolchains, String... mentions) {
    var linking = file.facts().elf().orElseThrow().linking();
    return elf(file.path(), file.size(), elf(linking, toolchains, Set.of(mentions), 0));
  }

  /** A directory. */
  public static LayerFile directory(String path) {
    return LayerFile.of(TarEntry.directory(path), FileFacts.NONE);
  }

  /** A symbolic link. */
  public static LayerFile symlink(String path, String target) {
    return LayerFile.of(TarEntry.symlink(path, target), FileFacts.NONE);
  }

  /** A hard link. */
  public static LayerFile hardLink(String path, String existing) {
    return LayerFile.of(TarEntry.hardLink(path, existing), FileFacts.NONE);
  }

  /** The same entry with another mode. */
  public static LayerFile mode(LayerFile file, int mode) {
    return new LayerFile(
        file.path(),
        file.type(),
        mode,
        file.uid(),
        file.gid(),
        file.size(),
        file.link(),
        file.facts());
  }

  /** The same entry with another owner. */
  public static LayerFile owner(LayerFile file, long uid, long gid) {
    return new LayerFile(
        file.path(), file.type(), file.mode(), uid, gid, file.size(), file.link(), file.facts());
  }
}
