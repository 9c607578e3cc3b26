package dev.stagewright.stage.diff;

import dev.stagewright.stage.linux.FileStatus;
import java.io.IOException;

/** Takes changes, in the order of the walk that finds them. */
public interface ChangeSink {
  /** The stamp of what nobody needs to know again. */
  long NO_STAMP = ContentFingerprint.UNKNOWN;

  /**
   * Something is new at this raw path, or differs from what was there.
   *
   * @return the stamp by which it is known again
   */
  long changed(String path, FileStatus status) throws IOException;

  /**
   * Something at this raw path was touched, and is the same in all that a layer holds of it: a
   * directory may have another time, a file other extended attributes.
   */
  default void touched(String path, FileStatus status) throws IOException {}

  /** Something is gone from this raw path, with all below it. */
  void removed(String path) throws IOException;

  /** Takes no interest. */
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
