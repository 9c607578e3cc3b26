package dev.stagewright.analysis.size;

import java.util.List;

/**
 * Files that one layer adds and another one deletes or overwrites: they take space in the registry
 * and on nodes, but no container sees them.
 *
 * @param layer index of the layer that has them
 * @param hiddenBy index of the layer that deletes or overwrites them
 * @param total all of them
 * @param largest the largest ones; bounded
 */
public record HiddenFiles(int layer, int hiddenBy, FileTotals total, List<HiddenFile> largest) {
  /** Copies the list. */
  public HiddenFiles {
    largest = List.copyOf(largest);
  }

  /**
   * A file that no container sees.
   *
   * @param path absolute
   * @param bytes its size
   * @param cause what the later layer does
   */
  public record HiddenFile(String path, long bytes, Cause cause) {}

  /** What a later layer does to a file. */
  public enum Cause {
    DELETED,
    /** It has another file at this path. */
    OVERWRITTEN,
    /** It has the same content again, with another mode, owner, or time. */
    METADATA_CHANGED
  }
}
