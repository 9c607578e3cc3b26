package dev.stagewright.analysis.layer;

import java.util.Set;

/** The files whose content decides what programs find, so that it is kept. */
final class TextFiles {
  /** More than these files have in real images. */
  static final int MAX_SIZE = 1 << 16;

  /** The list of libraries that the dynamic linker of glibc uses instead of its configuration. */
  static final String LIBRARY_CACHE = "etc/ld.so.cache";

  private static final Set<String> PATHS =
      Set.of(
          "etc/passwd",
          "etc/group",
          "etc/nsswitch.conf",
          "etc/ld.so.conf",
          "etc/ld.so.preload",
          "etc/os-release",
          "usr/lib/os-release",
          "etc/alpine-release",
          "etc/debian_version",
          "etc/resolv.conf",
          "etc/hosts");

  /** Contains the version of a JVM, in its folder. */
  private static final String JAVA_RELEASE = "/release";

  private TextFiles() {}

  /** Whether the content of a file is kept. */
  static boolean isKept(String path) {
    return PATHS.contains(path)
        || (path.startsWith("etc/ld.so.conf.d/") && path.endsWith(".conf"))
        || path.endsWith(JAVA_RELEASE)
        || (path.startsWith("etc/ld-musl-") && path.endsWith(".path"));
  }
}
