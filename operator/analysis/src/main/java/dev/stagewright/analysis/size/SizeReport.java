package dev.stagewright.analysis.size;

import java.util.List;
import java.util.Optional;

/**
 * Why an image is as big as it is, and what would make it smaller.
 *
 * @param total the image: all files of all layers, with the exact compressed size
 * @param layers the lowest first; indexes of layers elsewhere in the report refer to this list
 * @param files the files that a container sees, as a tree
 * @param savings what can be removed
 * @param ladder what the image would weigh on other bases
 */
public record SizeReport(
    FileTotals total, List<LayerSize> layers, FileTree files, Savings savings, Ladder ladder) {
  /** Copies the list. */
  public SizeReport {
    layers = List.copyOf(layers);
  }

  /** The largest saving, perhaps another base; empty if nothing is worth it. */
  public Optional<Saving> largestSaving() {
    return savings.list().stream().findFirst();
  }
}
