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
 * What a stage has at the paths where its Pod has mounted something: {@code /dev}, {@code
 * /etc/hosts} and the like. In place nobody can get at that, so it is kept in a folder beside the
 * root, where instructions find what the base image has there, and leave what they copy there.
 *
 * @param root the container's, with its mounts
 * @param base the base image's files, if they are at hand
 */
record CoveredFiles(RootFileSystem root, Optional<RootFileSystem> base) {

  /**
   * The files of the stage, as if nothing were mounted.
   *
   * @param mountPoints raw paths; none lies in another
   * @param folder takes what is at these paths; made if it is missing
   */
  RootFileSystem uncover(Set<String> mountPoints, Path folder) throws IOException {
    if (mountPoints.isEmpty()) {
      return root;
    }
    var kept = RootFileSystem.open(Files.createDirectories(folder));
    for (var path : mountPoints) {
      new Directories(kept).make(RootedPath.parent(path), Directories.DEFAULT_MODE, Owner.ROOT);
      fill(path, kept);
    }
    return root.redirecting(mountPoints, kept);
  }

  private void fill(String path, RootFileSystem kept) throws IOException {
    if (base.isPresent()) {
      new TreeCopy(base.get(), kept).copy(path, path);
    } else if (root.status(path).map(FileStatus::isDirectory).orElse(false)) {
      // What the image has there cannot be seen; most have an empty directory.
      new Directories(kept).make(path, Directories.DEFAULT_MODE, Owner.ROOT);
    }
  }
}
