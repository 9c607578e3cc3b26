package dev.stagewright.analysis.size;

import java.util.List;

/**
 * A directory or file in the tree of the largest files, for a treemap.
 *
 * @param name last part of the path; empty for the root, and for {@link Kind#OTHER}
 * @param kind what it is
 * @param total the file, or all files below the directory
 * @param layer index of the layer that most of its bytes come from
 * @param children the largest first, with the rest as {@link Kind#OTHER} at the end; their totals
 *     add up to this one. Empty also for a directory whose content is too small to be listed
 */
public record FileTree(
    String name, Kind kind, FileTotals total, int layer, List<FileTree> children) {
  /** Copies the list. */
  public FileTree {
    children = List.copyOf(children);
  }

  /** What a node of the tree stands for. */
  public enum Kind {
    DIRECTORY,
    FILE,
    /** The files and directories of a directory that are too small to be listed. */
    OTHER
  }
}
