package dev.stagewright.stage.diff;

import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.util.Optional;

/**
 * Knows files that were touched from files that changed: whether one is as the layers below have
 * it. What no instruction changed is compared with the stage's base, the rest by its stamp.
 */
final class PreviousState {
  private final Optional<RootFileSystem> base;
  private final Optional<FileComparison> same;
  private final ContentFingerprint stamps;

  /**
   * For the files of a root.
   *
   * @param base the same files as they were for the beginning; where it is empty, what was touched
   *     counts as changed
   */
  PreviousState(RootFileSystem root, Optional<RootFileSystem> base) {
    this.base = base;
    this.same = base.map(files -> new FileComparison(root, files));
    this.stamps = new ContentFingerprint(root);
  }

  /** Whether a file is as it was when it had this stamp. */
  boolean isStill(long stamp, String path, FileStatus status) throws IOException {
    if (stamp == ContentFingerprint.BASE) {
      return isAsInBase(path, status);
    }
    return stamp != ContentFingerprint.UNKNOWN && stamps.fits(stamp, path, status);
  }

  private boolean isAsInBase(String path, FileStatus status) throws IOException {
    if (base.isEmpty()) {
      return false;
    }
    var old = base.get().status(path);
    return old.isPresent() && same.orElseThrow().test(path, status, old.get());
  }
}
