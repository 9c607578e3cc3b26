package dev.stagewright.stage.copy;

import java.io.IOException;

/** Defines how copies are placed among existing files. */
interface Placement {
  /** Resolves a raw path of the destination. */
  String resolve(String path) throws IOException;

  /** Whether a file copied to this path is placed in a directory there. */
  boolean isDirectory(String path) throws IOException;

  /** Creates the destination directory and its parents. */
  void makeDirectories(String path) throws IOException, CopyException;

  /** Creates the destination directory and its parents with another mode. */
  void makeDirectories(String path, int withMode) throws IOException, CopyException;

  /** Removes what prevents the creation of a file. */
  void makeRoomForFile(String path) throws IOException, CopyException;

  /**
   * Removes what prevents the creation of a directory.
   *
   * @return whether the directory already exists
   */
  boolean makeRoomForDirectory(String path) throws IOException, CopyException;
}
