package dev.stagewright.stage.details;

import dev.stagewright.stage.linux.FileAttributes;
import dev.stagewright.stage.linux.FileStatus;
import java.io.IOException;

/** Receives details that a layer lacks, while the layer is written. */
public interface LayerDetails {
  /** Ignores all details. */
  LayerDetails NONE =
      new LayerDetails() {
        @Override
        public void entry(FileStatus status, FileAttributes attributes) {}

        @Override
        public void touched(String path, FileStatus status, FileAttributes attributes) {}

        @Override
        public void socket(String path, FileStatus status, FileAttributes attributes) {}

        @Override
        public void link(String path, String existing) {}
      };

  /** An entry for a file was added to the layer. */
  void entry(FileStatus status, FileAttributes attributes) throws IOException;

  /**
   * A file without an entry in the layer was touched: its time (of a directory) or its extended
   * attributes may have changed.
   */
  void touched(String path, FileStatus status, FileAttributes attributes) throws IOException;

  /** A socket was created, which a layer cannot contain. */
  void socket(String path, FileStatus status, FileAttributes attributes) throws IOException;

  /** A file of the layer, or a touched file, is a hard link to a touched file. */
  void link(String path, String existing) throws IOException;
}
