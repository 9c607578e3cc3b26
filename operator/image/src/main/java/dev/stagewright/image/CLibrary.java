package dev.stagewright.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The GNU C library of the build machine: its loader, the libraries that the runtime requires, and
 * one locale.
 */
final class CLibrary {
  private static final List<Path> DIRECTORIES =
      List.of(
          Path.of("/lib/x86_64-linux-gnu"),
          Path.of("/usr/lib/x86_64-linux-gnu"),
          Path.of("/lib64"),
          Path.of("/usr/lib64"));
  private static final List<String> LIBRARIES =
      List.of(
          "ld-linux-x86-64.so.2",
          "libc.so.6",
          "libdl.so.2",
          "libm.so.6",
          "libpthread.so.0",
          "librt.so.1",
          // Loaded by name to resolve hosts.
          "libnss_dns.so.2",
          "libnss_files.so.2",
          "libresolv.so.2");

  private static final Path LOCALES = Path.of("/usr/lib/locale");

  /** The library itself only supports ASCII. */
  private static final Path LOCALE = LOCALES.resolve("C.utf8");

  private static final Path LICENCE = Path.of("/usr/share/doc/libc6/copyright");

  private CLibrary() {}

  /** Copies the library. */
  static void copy(RuntimeTree tree) throws IOException {
    Files.createDirectories(tree.libraries());
    for (var library : LIBRARIES) {
      Files.copy(find(library), tree.libraries().resolve(library));
    }
    for (var file : localeFiles()) {
      var copy = tree.libraries().resolve("locale").resolve(LOCALES.relativize(file));
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
    if (Files.isReadable(LICENCE)) {
      Files.createDirectories(tree.legal());
      Files.copy(LICENCE, tree.legal().resolve("glibc"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Returns the copied files, to detect their changes. */
  static List<Path> sources() throws IOException {
    var sources = new ArrayList<Path>();
    for (var library : LIBRARIES) {
      sources.add(find(library));
    }
    sources.addAll(localeFiles());
    return sources;
  }

  private static List<Path> localeFiles() throws IOException {
    if (!Files.isDirectory(LOCALE)) {
      throw new IOException(
          LOCALE + " is missing: build the image on a machine with the locale C.UTF-8");
    }
    try (var files = Files.walk(LOCALE)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static Path find(String library) throws IOException {
    for (var directory : DIRECTORIES) {
      var file = directory.resolve(library);
      if (Files.isRegularFile(file)) {
        return file.toRealPath();
      }
    }
    throw new IOException(
        "%s is in none of %s: build the image on a machine with the GNU C library"
            .formatted(library, DIRECTORIES));
  }
}
