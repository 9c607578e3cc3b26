package dev.stagewright.image;

import dev.stagewright.protocol.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Lays out the Java runtimes, the C library and the jars.
 *
 * @param tree where
 * @param inputs what of
 */
record RuntimeFiles(RuntimeTree tree, ImageInputs inputs) {
  void lay() throws IOException, InterruptedException {
    Files.createDirectories(tree.folder());
    Files.createSymbolicLink(tree.link(), Path.of("."));
    mountVolume();
    CLibrary.copy(tree);
    var java = new JavaRuntime(inputs.jdk());
    for (var profile : Profile.values()) {
      java.link(profile, tree.runtime(profile));
      copyJars(profile);
    }
    // The caches remember the times of what they were made from.
    FolderOperations.touch(tree.folder(), inputs.time());
  }

  /** For the training of stages, which runs in the tree. */
  private void mountVolume() throws IOException {
    var folder = Files.createDirectories(tree.at(Mounts.ROOT));
    Files.createSymbolicLink(tree.volume(), folder.relativize(tree.folder()));
  }

  private void copyJars(Profile profile) throws IOException {
    var folder = Files.createDirectories(tree.jars(profile));
    var jars = new Jars(inputs.time());
    switch (profile) {
      case STAGE -> jars.copyNeeded(inputs.jars(profile), folder);
      // Too much in there goes by reflection.
      case FULL -> jars.copyAll(inputs.jars(profile), folder);
    }
  }
}
