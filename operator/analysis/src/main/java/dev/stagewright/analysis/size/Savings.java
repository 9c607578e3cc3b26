package dev.stagewright.analysis.size;

import java.util.List;

/**
 * What can be removed from an image. The parts overlap.
 *
 * @param list what would help most, the largest first; bounded
 * @param hidden files that are in a layer, but not in the container, by pairs of layers, the
 *     largest first; bounded
 * @param duplicates files with equal content
 * @param groups files that most containers do not need, the largest first
 */
public record Savings(
    List<Saving> list, List<HiddenFiles> hidden, Duplicates duplicates, List<FileGroup> groups) {
  /** Copies the lists. */
  public Savings {
    list = List.copyOf(list);
    hidden = List.copyOf(hidden);
    groups = List.copyOf(groups);
  }
}
