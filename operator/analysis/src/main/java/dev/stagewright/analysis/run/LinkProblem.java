package dev.stagewright.analysis.run;

import java.util.Optional;

/** Why a dynamic linker does not start a program. */
sealed interface LinkProblem {
  /**
   * A needed library is nowhere.
   *
   * @param name as in {@code DT_NEEDED}
   * @param neededBy path of the file that needs it
   * @param elsewhere a path of the image with this file name that the linker does not look at
   */
  record MissingLibrary(String name, String neededBy, Optional<String> elsewhere)
      implements LinkProblem {}

  /**
   * The file that is found first is not a library.
   *
   * @param path of the file
   * @param neededBy path of the file that needs it
   */
  record InvalidLibrary(String path, String neededBy) implements LinkProblem {}

  /**
   * A library is too old.
   *
   * @param version for example {@code GLIBC_2.34}
   * @param library path of the library
   * @param neededBy path of the file that needs it
   */
  record MissingVersion(String version, String library, String neededBy) implements LinkProblem {}

  /**
   * The image does not say whether the linker finds a library.
   *
   * @param name of the library
   * @param reason what is unknown, as a sentence
   */
  record Undecided(String name, String reason) implements LinkProblem {}
}
