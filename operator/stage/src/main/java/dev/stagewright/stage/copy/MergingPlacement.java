package dev.stagewright.stage.copy;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.stage.files.Directories;
import dev.stagewright.stage.files.NotADirectoryException;
import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.LinkResolver;
import dev.stagewright.stage.users.Owner;
import java.io.IOException;

/**
 * Merges copies with the files of the stage: symbolic links are followed, directories are kept, and
 * files are replaced.
 */
final class MergingPlacement implements Placement {
  private final RootFileSystem files;
  private final LinkResolver links;
  private final Directories directories;
  private final int mode;
  private final Owner owner;

  /**
   * Places the files of one instruction.
   *
   * @param mode mode of created parent directories
   * @param owner owner of created parent directories
   */
  MergingPlacement(RootFileSystem files, int mode, Owner owner) {
    this.files = files;
    this.links = new LinkResolver(files::readLink);
    this.directories = new Directories(files);
    this.mode = mode;
    this.owner = owner;
  }

  @Override
  public String resolve(String path) throws IOException {
    return links.resolve(path);
  }

  @Override
  public boolean isDirectory(String path) throws IOException {
    return files.status(path).map(FileStatus::isDirectory).orElse(false);
  }

  @Override
  public void makeDirectories(String path) throws IOException, CopyException {
    makeDirectories(path, mode);
  }

  @Override
  public void makeDirectories(String path, int withMode) throws IOException, CopyException {
    try {
      directories.create(path, withMode, owner);
    } catch (NotADirectoryException e) {
      throw new CopyException("cannot copy to non-directory: " + e.path());
    }
  }

  @Override
  public void makeRoomForFile(String path) throws IOException, CopyException {
    var status = files.status(path);
    if (status.isPresent()) {
      if (status.get().isDirectory()) {
        throw new CopyException(
            "cannot replace to directory /" + RawName.text(path) + " with file");
      }
      files.unlink(path);
    }
  }

  @Override
  public boolean makeRoomForDirectory(String path) throws IOException, CopyException {
    var status = files.status(path);
    if (status.isPresent() && !status.get().isDirectory()) {
      throw new CopyException("cannot copy to non-directory: /" + RawName.text(path));
    }
    return status.isPresent();
  }
}
