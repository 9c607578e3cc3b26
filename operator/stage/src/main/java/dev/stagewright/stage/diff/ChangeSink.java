package dev.stagewright.stage.diff;

import dev.stagewright.stage.linux.FileStatus;
import java.io.IOException;

/** Receives changes in the order of the walk that finds them. */
public interface ChangeSink {
  /** The fingerprint of files that need not be recognized later. */
  long NO_STAMP = ContentFingerprint.UNKNOWN;

  /**
   * A file at this raw path is new or has changed.
   *
   * @return the fingerprint that identifies this version of the file
   */
  long changed(String path, FileStatus status) throws IOException;

  /**
   * A file at this raw path was touched but has not changed in any property that a layer contains:
   * the time of a directory or the extended attributes may differ.
   */
  default void touched(String path, FileStatus status) throws IOException {}

  /** A file at this raw path was removed, with all files below it. */
  void removed(String path) throws IOException;

  /** Ignores all changes. */
  ChangeSink NONE =
      new ChangeSink() {
        @Override
        public long changed(String path, FileStatus status) {
          return NO_STAMP;
        }

        @Override
        public void removed(String path) {}
      };
}
