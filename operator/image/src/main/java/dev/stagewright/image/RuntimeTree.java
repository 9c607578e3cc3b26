package dev.stagewright.image;

import dev.stagewright.protocol.Mounts;
import java.nio.file.Path;
import java.util.List;

/**
 * The root file system of the image, as a directory of the build machine.
 *
 * @param root the root of the container
 */
record RuntimeTree(Path root) {

  /** The only directory that the image contains. */
  Path directory() {
    return root.resolve(Mounts.IMAGE_FOLDER.substring(1));
  }

  Path libraries() {
    return directory().resolve("lib");
  }

  Path optionFiles() {
    return directory().resolve("etc");
  }

  Path legal() {
    return directory().resolve("legal");
  }

  Path jars() {
    return directory().resolve("jars");
  }

  Path runtime(Profile profile) {
    return directory().resolve(profile.runtime());
  }

  Path jars(Profile profile) {
    return jars().resolve(profile.jars());
  }

  /** The parts that rarely change: the Java runtimes and the C library. */
  List<Path> stableParts() {
    return List.of(link(), libraries(), legal(), runtime(Profile.STAGE), runtime(Profile.FULL));
  }

  /** The parts that change with every build: the jars of the project, their options and caches. */
  List<Path> changingParts() {
    return List.of(optionFiles(), jars());
  }

  /**
   * The link to the directory itself: makes the same path valid whether the directory or its parent
   * is mounted.
   */
  Path link() {
    return directory().resolve(directory().getFileName());
  }

  /** The path of the volume with the runtime in a stage's container. */
  Path volume() {
    return at(Mounts.RUNTIME_VOLUME);
  }

  /** Returns the file of a path in a container. */
  Path at(String pathInContainer) {
    return root.resolve(pathInContainer.substring(1));
  }
}
