package dev.stagewright.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Creates Java runtimes from a JDK.
 *
 * @param jdk the directory of the JDK
 */
record JavaRuntime(Path jdk) {

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
  }

  private static void strip(Path directory) throws IOException, InterruptedException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (var library : files.filter(file -> file.toString().endsWith(".so")).toList()) {
        HostProgram.of("strip", "--strip-unneeded", library).run();
      }
    }
  }
}
