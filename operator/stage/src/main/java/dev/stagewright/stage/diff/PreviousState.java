package dev.stagewright.stage.diff;

import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.util.Optional;

/**
 * Distinguishes changed files from files that were only touched. Files that no instruction has
 * changed are compared with the base of the stage, other files with their fingerprints.
 */
final class PreviousState {
  private final Optional<RootFileSystem> base;
  private final Optional<FileComparison> same;
  private final ContentFingerprint contentFingerprints;

  /**
   * Checks files of a root.
   *
   * @param base the initial files; if it is empty, touched files count as changed
   */
  PreviousState(RootFileSystem root, Optional<RootFileSystem> base) {
    this.base = base;
    this.same = base.map(files -> new FileComparison(root, files));
    this.contentFingerprints = new ContentFingerprint(root);
  }

  /** Whether a file is unchanged since it had this fingerprint. */
  boolean isUnchanged(long contentFingerprint, String path, FileStatus status) throws IOException {
    if (contentFingerprint == ContentFingerprint.BASE) {
      return isAsInBase(path, status);
    }
    return contentFingerprint != ContentFingerprint.UNKNOWN
        && contentFingerprints.matches(contentFingerprint, path, status);
  }

  private boolean isAsInBase(String path, FileStatus status) throws IOException {
    if (base.isEmpty()) {
      return false;
    }
    var old = base.get().status(path);
    return old.isPresent() && same.orElseThrow().test(path, status, old.get());
  }
}
