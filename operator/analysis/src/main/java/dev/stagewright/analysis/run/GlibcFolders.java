package dev.stagewright.analysis.run;

import dev.stagewright.analysis.elf.ElfFile;
import dev.stagewright.analysis.image.ImageFile;
import dev.stagewright.analysis.image.Resolution;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folders that are compiled into the linker of glibc: in Debian those with the name of the
 * machine, in Red Hat {@code lib64}.
 */
final class GlibcFolders {
  private static final String DEBIAN_TUPLE = "-linux-gnu";

  private final List<String> folders;
  private final boolean certain;
  private final String lib;

  private GlibcFolders(List<String> folders, boolean certain, String lib) {
    this.folders = folders;
    this.certain = certain;
    this.lib = lib;
  }

  static GlibcFolders of(Container container, Machine machine, Resolution.Found loader) {
    var multiarch =
        List.of("/lib/" + machine.tuple(), "/usr/lib/" + machine.tuple(), "/lib", "/usr/lib");
    var plain = List.of("/lib64", "/usr/lib64");
    if (isDebian(machine, loader.file())) {
      return new GlibcFolders(multiarch, true, "lib/" + machine.tuple());
    }
    if (isRedHat(container)) {
      return new GlibcFolders(plain, true, "lib64");
    }
    // A linker that was copied alone: its path says little.
    var all = Stream.concat(multiarch.stream(), plain.stream()).toList();
    return new GlibcFolders(all, false, "lib64");
  }

  private static boolean isDebian(Machine machine, ImageFile loader) {
    return loader.path().contains("/" + machine.tuple() + "/")
        || mentions(loader).filter(it -> it.stream().anyMatch(GlibcFolders::isTuple)).isPresent();
  }

  private static Optional<Set<String>> mentions(ImageFile file) {
    return file.facts().elf().map(ElfFile::content).map(ElfFile.Content::mentions);
  }

  private static boolean isTuple(String mention) {
    return mention.contains(DEBIAN_TUPLE);
  }

  private static boolean isRedHat(Container container) {
    return Stream.of("etc/redhat-release", "etc/system-release", "usr/lib64/libc.so.6")
        .anyMatch(path -> container.files().get(path).isPresent());
  }

  List<String> folders() {
    return folders;
  }

  /** Whether the linker is known to look into these folders. */
  boolean isCertain() {
    return certain;
  }

  /** What {@code $LIB} stands for. */
  String lib() {
    return lib;
  }
}
