package dev.stagewright.stage.details;

import dev.stagewright.stage.linux.FileStatus;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;

/** Takes what a layer leaves out, while the layer is written. */
public interface LayerDetails {
  /** Takes no interest. */
  LayerDetails NONE =
      new LayerDetails() {
        @Override
        public void entry(RootFileSystem root, String path, FileStatus status) {}

        @Override
        public void touched(RootFileSystem root, String path, FileStatus status) {}

        @Override
        public void socket(RootFileSystem root, String path, FileStatus status) {}

        @Override
        public void link(String path, String existing) {}
      };

  /** The layer has got an entry for this file. */
  void entry(RootFileSystem root, String path, FileStatus status) throws IOException;

  /**
   * A file that the layer has no entry for was touched: it may have another time (a directory) or
   * other extended attributes.
   */
  void touched(RootFileSystem root, String path, FileStatus status) throws IOException;

  /** There is a new socket, which no layer can hold. */
  void socket(RootFileSystem root, String path, FileStatus status) throws IOException;

  /** A file of the layer is another name of one that is not in it. */
  void link(String path, String existing) throws IOException;
}
