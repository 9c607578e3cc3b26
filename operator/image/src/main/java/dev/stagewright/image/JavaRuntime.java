package dev.stagewright.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Creates Java runtimes from a JDK.
 *
 * @param jdk the directory of the JDK
 */
record JavaRuntime(Path jdk) {
  private static final Pattern OTHER_PROVIDER =
      Pattern.compile("security\\.provider\\.\\d+=(?!(SUN|SunRsaSign|SunEC|SunJSSE|SunJCE)$).*");

  /** Links the modules of a profile to a runtime in this directory, which must not exist. */
  void link(Profile profile, Path directory) throws IOException, InterruptedException {
    HostProgram.of(
            jdk.resolve("bin/jlink"),
            "--add-modules",
            profile.modules(),
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages",
            "--output",
            directory)
        .run();
    // Only used by the development tools of the JDK.
    for (var unused : new String[] {"lib/jrt-fs.jar", "lib/classlist"}) {
      Files.deleteIfExists(directory.resolve(unused));
    }
    strip(directory);
    keepOwnProviders(directory.resolve("conf/security/java.security"));
  }

  /**
   * Removes security providers that are not part of {@code java.base} from the configuration. A
   * look-up that no other provider answers searches for them among all providers of the class path,
   * and creates those on its way: that of Bouncy Castle computes tables of curves for 0.3 s.
   */
  private static void keepOwnProviders(Path configuration) throws IOException {
    try (var lines = Files.lines(configuration)) {
      var kept = lines.filter(line -> !OTHER_PROVIDER.matcher(line).matches()).toList();
      Files.write(configuration, kept);
    }
  }

  private static void strip(Path directory) throws IOException, InterruptedException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (var library : files.filter(file -> file.toString().endsWith(".so")).toList()) {
        HostProgram.of("strip", "--strip-unneeded", library).run();
      }
    }
  }
}
