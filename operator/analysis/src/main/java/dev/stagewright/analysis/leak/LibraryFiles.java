package dev.stagewright.analysis.leak;

import java.util.List;
import java.util.Set;

/**
 * Recognizes the files of libraries, which bring along keys and settings for tests and examples.
 */
final class LibraryFiles {
  private static final Set<String> LIBRARY_FOLDERS =
      Set.of(
          "node_modules",
          "site-packages",
          "dist-packages",
          "gems",
          "vendor",
          ".m2",
          "bower_components");

  private static final List<String> LIBRARY_PATHS = List.of("go/pkg/mod/", "cargo/registry/");

  private static final List<String> GO = List.of("usr/local/go/", "usr/lib/go/", "usr/share/go/");

  private static final Set<String> TEST_FOLDERS =
      Set.of(
          "test",
          "tests",
          "testing",
          "testdata",
          "test_data",
          "test-data",
          "__tests__",
          "spec",
          "fixtures",
          "example",
          "examples",
          "sample",
          "samples");

  private static final List<String> DOCUMENTATION =
      List.of(
          "usr/share/doc/",
          "usr/share/man/",
          "usr/share/info/",
          "usr/share/perl/",
          "usr/share/help/");

  private LibraryFiles() {}

  /** Whether a file belongs to a package of a language, or to the sources of its libraries. */
  static boolean isLibrary(String path) {
    return startsWithAny(path, GO)
        || LIBRARY_PATHS.stream()
            .anyMatch(folder -> path.startsWith(folder) || path.contains("/" + folder))
        || isInFolder(path, LIBRARY_FOLDERS);
  }

  /** Whether a file is for tests or documentation. */
  static boolean isTest(String path) {
    return startsWithAny(path, DOCUMENTATION)
        || path.contains("snakeoil")
        || isInFolder(path, TEST_FOLDERS);
  }

  private static boolean startsWithAny(String path, List<String> folders) {
    for (var folder : folders) {
      if (path.startsWith(folder)) {
        return true;
      }
    }
    return false;
  }

  /** Compares names, which is faster than a pattern: all files of an image are looked at. */
  private static boolean isInFolder(String path, Set<String> names) {
    var start = 0;
    for (var end = path.indexOf('/'); end >= 0; end = path.indexOf('/', start)) {
      if (names.contains(path.substring(start, end))) {
        return true;
      }
      start = end + 1;
    }
    return false;
  }
}
