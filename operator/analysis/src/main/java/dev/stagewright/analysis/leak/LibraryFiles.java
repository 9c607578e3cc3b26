package dev.stagewright.analysis.leak;

import java.util.regex.Pattern;

/**
 * Recognizes the files of libraries, which bring along keys and settings for tests and examples.
 */
final class LibraryFiles {
  private static final Pattern LIBRARY =
      Pattern.compile(
          "(?:^|/)(?:node_modules|site-packages|dist-packages|gems|vendor|go/pkg/mod|\\.m2"
              + "|cargo/registry|bower_components)/|^usr/(?:local|lib|share)/go/");

  private static final Pattern TEST =
      Pattern.compile(
          "(?:^|/)(?:tests?|testing|testdata|test[_-]data|__tests__|spec|fixtures|examples?|samples?)/"
              + "|^usr/share/(?:doc|man|info|perl|help)/|snakeoil");

  private LibraryFiles() {}

  /** Whether a file belongs to a package of a language, or to the sources of its libraries. */
  static boolean isLibrary(String path) {
    return LIBRARY.matcher(path).find();
  }

  /** Whether a file is for tests or documentation. */
  static boolean isTest(String path) {
    return TEST.matcher(path).find();
  }
}
