package dev.stagewright.layers;

/** The effect of a whiteout on lower layers. */
public sealed interface Whiteout {

  /**
   * Removes a path with its contents.
   *
   * @param path the raw path, relative to the root
   */
  record Removed(String path) implements Whiteout {}

  /**
   * Removes the contents of a directory, but not the directory.
   *
   * @param directory the raw path; empty for the root
   */
  record Opaque(String directory) implements Whiteout {}
}
