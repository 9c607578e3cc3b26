package dev.stagewright.stage.diff;

import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;

/** Writes no changes, but computes the fingerprints of changed files. */
final class FingerprintSink implements ChangeSink {
  private final ContentFingerprint contentFingerprints;

  FingerprintSink(RootFileSystem root) {
    this.contentFingerprints = new ContentFingerprint(root);
  }

  @Override
  public long changed(String path, FileStatus status) throws IOException {
    return contentFingerprints.of(path, status);
  }

  @Override
  public void removed(String path) {}
}
