package dev.stagewright.stage.diff;

import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.util.Optional;

/**
 * Knows files that were touched from files that changed: whether one is as the layers below have
 * it. What no instruction changed is compared with the stage's base, the rest by its stamp.
 */
final class Earlier {
  private final Optional<RootFileSystem> base;
  private final Optional<SameFile> same;
  private final Stamps stamps;

  /**
   * For the files of a root.
   *
   * @param base the same files as they were for the beginning; where it is empty, what was touched
   *     counts as changed
   */
  Earlier(RootFileSystem root, Optional<RootFileSystem> base) {
    this.base = base;
    this.same = base.map(files -> new SameFile(root, files));
    this.stamps = new Stamps(root);
  }

  /** Whether a file is as it was when it had this stamp. */
  boolean isStill(long stamp, String path, FileStatus status) throws IOException {
    if (stamp == Stamps.BASE) {
      return isAsInBase(path, status);
    }
    return stamp != Stamps.UNKNOWN && stamps.fits(stamp, path, status);
  }

  private boolean isAsInBase(String path, FileStatus status) throws IOException {
    if (base.isEmpty()) {
      return false;
    }
    var old = base.get().status(path);
    return old.isPresent() && same.orElseThrow().test(path, status, old.get());
  }
}
