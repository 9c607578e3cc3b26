package dev.stagewright.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Makes Java runtimes out of a JDK.
 *
 * @param jdk its folder
 */
record JavaRuntime(Path jdk) {

  /** Links the modules of a profile into a runtime in this folder, which must not exist. */
  void link(Profile profile, Path folder) throws IOException, InterruptedException {
    HostProgram.of(
            jdk.resolve("bin/jlink"),
            "--add-modules",
            profile.modules(),
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages",
            "--output",
            folder)
        .run();
    // Only read by the JDK's own tools, at development time.
    for (var unused : new String[] {"lib/jrt-fs.jar", "lib/classlist"}) {
      Files.deleteIfExists(folder.resolve(unused));
    }
    strip(folder);
  }

  private static void strip(Path folder) throws IOException, InterruptedException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (var library : files.filter(file -> file.toString().endsWith(".so")).toList()) {
        HostProgram.of("strip", "--strip-unneeded", library).run();
      }
    }
  }
}
