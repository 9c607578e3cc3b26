package dev.stagewright.layers;

/** What a whiteout in a layer takes away from the layers below it. */
public sealed interface Whiteout {

  /**
   * A path, with all below it.
   *
   * @param path raw, relative to the root
   */
  record Removed(String path) implements Whiteout {}

  /**
   * Everything in a directory, but not the directory.
   *
   * @param directory raw path; empty for the root
   */
  record Opaque(String directory) implements Whiteout {}
}
