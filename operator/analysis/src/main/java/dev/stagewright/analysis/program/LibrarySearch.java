package dev.stagewright.analysis.program;

import dev.stagewright.analysis.elf.ElfFile;
import dev.stagewright.analysis.image.ImageFile;
import dev.stagewright.analysis.image.ImageFiles;
import dev.stagewright.analysis.image.Resolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the shared libraries of a program, as far as the files of the image tell. */
final class LibrarySearch {
  private static final List<String> DEFAULT_DIRECTORIES =
      List.of("/lib", "/usr/lib", "/usr/local/lib", "/lib64", "/usr/lib64");

  private final ImageFiles files;
  private final List<String> directories;

  LibrarySearch(ImageFiles files, List<String> environment) {
    this.files = files;
    this.directories =
        Stream.of(
                libraryPath(environment),
                cached(),
                configured(),
                DEFAULT_DIRECTORIES.stream(),
                multiarch())
            .flatMap(s -> s)
            .distinct()
            .toList();
  }

  private static Stream<String> libraryPath(List<String> environment) {
    return environment.stream()
        .filter(variable -> variable.startsWith("LD_LIBRARY_PATH="))
        .flatMap(variable -> Stream.of(variable.substring(16).split("[:;]")))
        .filter(directory -> directory.startsWith("/"));
  }

  /** The directories of the libraries in {@code ld.so.cache}. */
  private Stream<String> cached() {
    return files.get("etc/ld.so.cache").flatMap(file -> file.facts().text()).stream()
        .flatMap(String::lines)
        .filter(path -> path.lastIndexOf('/') > 0)
        .map(path -> path.substring(0, path.lastIndexOf('/')));
  }

  private Stream<String> configured() {
    return files.below("etc").stream()
        .filter(file ->
            file.path().equals("etc/ld.so.conf")
                || file.path().startsWith("etc/ld.so.conf.d/")
                || (file.path().startsWith("etc/ld-musl-") && file.path().endsWith(".path")))
        .flatMap(file -> file.facts().text().stream())
        .flatMap(text -> Stream.of(text.split("[\\s:]+")))
        .filter(word -> word.startsWith("/") && !word.contains("*"));
  }

  /** For example {@code /usr/lib/x86_64-linux-gnu}. */
  private Stream<String> multiarch() {
    return Stream.of("lib", "usr/lib")
        .flatMap(directory ->
            files.below(directory).stream()
                .filter(file -> file.path().endsWith("/libc.so.6"))
                .map(file -> "/" + file.path().replaceFirst("/[^/]*$", "")));
  }

  /** The absolute path at which a needed library is found. */
  Optional<String> find(String library, ImageFile user, ElfFile elf) {
    if (library.contains("/")) {
      return Optional.of(library).filter(this::exists);
    }
    return candidates(user, elf)
        .map(directory -> directory + "/" + library)
        .filter(this::exists)
        .findFirst();
  }

  private Stream<String> candidates(ImageFile user, ElfFile elf) {
    var own = new ArrayList<String>();
    own.addAll(elf.linking().paths().rpath());
    own.addAll(elf.linking().paths().runpath());
    var origin = "/" + user.path().replaceFirst("/?[^/]*$", "");
    return Stream.concat(
        own.stream()
            .map(path -> path.replace("$ORIGIN", origin).replace("${ORIGIN}", origin))
            .filter(path -> path.startsWith("/")),
        directories.stream());
  }

  private boolean exists(String path) {
    return files.resolve(path) instanceof Resolution.Found(var file, var _) && file.file().isFile();
  }
}
