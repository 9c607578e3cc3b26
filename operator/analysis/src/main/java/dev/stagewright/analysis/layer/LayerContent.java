package dev.stagewright.analysis.layer;

import java.util.List;

/**
 * The entries of a layer, in their order, with whiteouts as separate lists. It depends only on the
 * bytes of the layer, so it can be kept under the digest of the layer.
 *
 * @param files all entries except whiteouts
 * @param removed paths that whiteouts remove from lower layers
 * @param opaque directories whose content of lower layers is removed; the root is the empty path
 * @param complete whether all entries are there; false if the layer has too many
 */
public record LayerContent(
    List<LayerFile> files, List<String> removed, List<String> opaque, boolean complete) {
  /** A layer without entries. */
  public static final LayerContent EMPTY = new LayerContent(List.of(), List.of(), List.of(), true);

  /** Copies the lists. */
  public LayerContent {
    files = List.copyOf(files);
    removed = List.copyOf(removed);
    opaque = List.copyOf(opaque);
  }
}
