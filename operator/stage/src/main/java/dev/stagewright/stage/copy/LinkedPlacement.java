package dev.stagewright.stage.copy;

import dev.stagewright.stage.files.FileCreator;
import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import dev.stagewright.stage.users.Owner;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Places copies as if in an empty layer that is then applied to the stage ({@code --link}):
 * symbolic links are not followed, existing files are replaced, and parent directories are treated
 * as new.
 */
final class LinkedPlacement implements Placement {
  private final RootFileSystem files;
  private final FileCreator creator;
  private final int mode;
  private final Owner owner;
  private final Set<String> made = new HashSet<>();

  LinkedPlacement(RootFileSystem files, int mode, Owner owner) {
    this.files = files;
    this.creator = new FileCreator(files);
    this.mode = mode;
    this.owner = owner;
  }

  @Override
  public String resolve(String path) {
    return RootedPath.clean(path);
  }

  @Override
  public boolean isDirectory(String path) {
    return path.isEmpty() || made.contains(path);
  }

  @Override
  public void makeDirectories(String path) throws IOException {
    makeDirectories(path, mode);
  }

  @Override
  public void makeDirectories(String path, int withMode) throws IOException {
    if (isDirectory(path)) {
      return;
    }
    makeDirectories(RootedPath.parent(path), withMode);
    if (!makeRoomForDirectory(path)) {
      files.makeDirectory(path);
    }
    var now = Instant.now();
    files.setOwner(path, owner.uid(), owner.gid());
    files.setMode(path, withMode);
    files.setModified(path, now.getEpochSecond(), now.getNano());
  }

  @Override
  public void makeRoomForFile(String path) throws IOException {
    creator.remove(path);
    made.remove(path);
  }

  @Override
  public boolean makeRoomForDirectory(String path) throws IOException {
    made.add(path);
    if (files.status(path).map(FileStatus::isDirectory).orElse(false)) {
      return true;
    }
    creator.remove(path);
    return false;
  }
}
