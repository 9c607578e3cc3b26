package dev.stagewright.analysis.size;

import java.util.List;

/**
 * Files of one kind that most containers do not need.
 *
 * @param kind what they are
 * @param total all of them
 * @param own those that are not from the base image
 * @param paths the absolute paths of the directories or files that take most space, the largest
 *     first; bounded
 */
public record FileGroup(GroupKind kind, FileTotals total, FileTotals own, List<String> paths) {
  /** Copies the list. */
  public FileGroup {
    paths = List.copyOf(paths);
  }
}
