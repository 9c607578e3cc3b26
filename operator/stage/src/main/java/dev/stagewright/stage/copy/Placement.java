package dev.stagewright.stage.copy;

import java.io.IOException;

/** How what is copied meets what is there. */
interface Placement {
  /** Where a raw path of the destination leads. */
  String resolve(String path) throws IOException;

  /** Whether a file copied to this path goes into it. */
  boolean isDirectory(String path) throws IOException;

  /** Makes a directory that the instruction names, or that is on the way to it. */
  void makeDirectories(String path) throws IOException, CopyException;

  /** The same, with a mode that is not the instruction's. */
  void makeDirectories(String path, int withMode) throws IOException, CopyException;

  /** Clears the way for something that is no directory. */
  void makeRoomForFile(String path) throws IOException, CopyException;

  /**
   * Clears the way for a directory.
   *
   * @return whether there is one already
   */
  boolean makeRoomForDirectory(String path) throws IOException, CopyException;
}
