package dev.stagewright.stage.sandbox;

import dev.stagewright.stage.files.Directories;
import dev.stagewright.stage.files.TreeCopy;
import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import dev.stagewright.stage.users.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The files of a stage at the mount points of its Pod, such as {@code /dev} and {@code /etc/hosts}.
 * In the sandbox {@code inPlace} they are not accessible, so they are kept in a separate directory.
 * It contains the files of the base image and the files that instructions copy there.
 *
 * @param root root of the container with its mounts
 * @param base files of the base image, if available
 */
record CoveredFiles(RootFileSystem root, Optional<RootFileSystem> base) {

  /**
   * The files of the stage without the mounts.
   *
   * @param mountPoints raw paths, none of which is below another one
   * @param folder directory for the files at these paths, which is created if it is missing
   */
  RootFileSystem uncover(Set<String> mountPoints, Path folder) throws IOException {
    if (mountPoints.isEmpty()) {
      return root;
    }
    var covered = RootFileSystem.open(Files.createDirectories(folder));
    for (var path : mountPoints) {
      new Directories(covered)
          .create(RootedPath.parent(path), Directories.DEFAULT_MODE, Owner.ROOT);
      fill(path, covered);
    }
    return root.redirecting(mountPoints, covered);
  }

  private void fill(String path, RootFileSystem covered) throws IOException {
    if (base.isPresent()) {
      new TreeCopy(base.get(), covered).copy(path, path);
    } else if (root.status(path).map(FileStatus::isDirectory).orElse(false)) {
      // The files of the image are not accessible; most images have an empty directory.
      new Directories(covered).create(path, Directories.DEFAULT_MODE, Owner.ROOT);
    }
  }
}
