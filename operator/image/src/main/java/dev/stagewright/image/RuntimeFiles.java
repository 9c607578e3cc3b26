package dev.stagewright.image;

import dev.stagewright.protocol.Mounts;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the Java runtimes, the C library and the jars to the tree.
 *
 * @param tree the tree
 * @param inputs the inputs
 */
record RuntimeFiles(RuntimeTree tree, ImageInputs inputs) {
  private static final String LIBRARY = "/dev/stagewright/stage/linux/libcalls.so";

  void write() throws IOException, InterruptedException {
    Files.createDirectories(tree.directory());
    Files.createSymbolicLink(tree.link(), Path.of("."));
    mountVolume();
    CLibrary.copy(tree);
    var java = new JavaRuntime(inputs.jdk());
    for (var profile : Profile.values()) {
      java.link(profile, tree.runtime(profile));
      copyJars(profile);
    }
    // The caches contain the times of their input files.
    DirectoryOperations.touch(tree.directory(), inputs.time());
  }

  /** For the training of stages, which runs in the tree. */
  private void mountVolume() throws IOException {
    var directory = Files.createDirectories(tree.at(Mounts.ROOT));
    Files.createSymbolicLink(tree.volume(), directory.relativize(tree.directory()));
  }

  /** The JVM can load it only from a file. */
  private static void copyLibrary(Path file) throws IOException {
    try (var content = RuntimeFiles.class.getResourceAsStream(LIBRARY)) {
      if (content == null) {
        throw new FileNotFoundException(LIBRARY + " is missing in the class path");
      }
      Files.copy(content, file);
    }
  }

  private void copyJars(Profile profile) throws IOException {
    var directory = Files.createDirectories(tree.jars(profile));
    var jars = new Jars(inputs.time());
    switch (profile) {
      case STAGE -> jars.copyRequired(inputs.jars(profile), directory);
      // Too many of its classes are loaded by reflection.
      case FULL -> jars.copyAll(inputs.jars(profile), directory);
    }
    copyLibrary(tree.at(profile.library()));
  }
}
