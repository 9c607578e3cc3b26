package dev.stagewright.image;

import dev.stagewright.protocol.Mounts;
import java.nio.file.Path;
import java.util.List;

/**
 * The root of the image in the making, as a folder of the build machine.
 *
 * @param root stands for the container's root
 */
record RuntimeTree(Path root) {

  /** The one folder that the image holds. */
  Path folder() {
    return root.resolve(Mounts.IMAGE_FOLDER.substring(1));
  }

  Path libraries() {
    return folder().resolve("lib");
  }

  Path optionFiles() {
    return folder().resolve("etc");
  }

  Path legal() {
    return folder().resolve("legal");
  }

  Path jars() {
    return folder().resolve("jars");
  }

  Path runtime(Profile profile) {
    return folder().resolve(profile.runtime());
  }

  Path jars(Profile profile) {
    return jars().resolve(profile.jars());
  }

  /** What seldom changes: the Java runtimes and the C library. */
  List<Path> steadyParts() {
    return List.of(link(), libraries(), legal(), runtime(Profile.STAGE), runtime(Profile.FULL));
  }

  /** What changes with every build: our jars, their options and caches. */
  List<Path> changingParts() {
    return List.of(optionFiles(), jars());
  }

  /** The link to the folder itself: makes one path right, be the folder or its parent mounted. */
  Path link() {
    return folder().resolve(folder().getFileName());
  }

  /** What stands for the volume that brings the runtime into a stage's container. */
  Path volume() {
    return at(Mounts.RUNTIME_VOLUME);
  }

  /** The file that a path in a container means. */
  Path at(String pathInContainer) {
    return root.resolve(pathInContainer.substring(1));
  }
}
