package dev.stagewright.stage.files;

import dev.stagewright.stage.linux.Errno;
import dev.stagewright.stage.linux.LinuxException;
import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.RootedPath;
import java.io.IOException;

/**
 * Moves files within a root: whole where the kernel does that, piece by piece where it does not.
 * Directories of an image's layers, for one, cannot be renamed on overlays.
 */
public final class TreeMove {
  private final RootFileSystem root;
  private final EntryMaker maker;

  /** In this root. */
  public TreeMove(RootFileSystem root) {
    this.root = root;
    this.maker = new EntryMaker(root);
  }

  /** Moves a file or directory to where nothing is. */
  public void move(String from, String to) throws IOException {
    try {
      root.rename(from, to);
    } catch (LinuxException e) {
      if (!e.errno().equals(Errno.EXDEV)) {
        throw e;
      }
      moveByPieces(from, to);
    }
  }

  /** Moves what a directory holds into one that exists. */
  public void moveContents(String from, String to) throws IOException {
    for (var name : root.list(from)) {
      move(RootedPath.join(from, name), RootedPath.join(to, name));
    }
  }

  private void moveByPieces(String from, String to) throws IOException {
    var status = root.status(from);
    if (status.isEmpty()) {
      return;
    }
    if (!status.get().isDirectory()) {
      new TreeTransfer(root, root).copy(from, to);
      root.unlink(from);
      return;
    }
    var entry =
        new EntryReader(root).entry(from, status.get(), root.attributes().all(from)).orElseThrow();
    root.makeDirectory(to);
    moveContents(from, to);
    root.removeDirectory(from);
    maker.describe(to, entry);
  }
}
