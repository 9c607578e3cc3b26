package dev.stagewright.worker.push;

import dev.stagewright.layers.oci.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a base image's history fit its layers: scanners, and everyone who adds to it, count on one
 * entry with a layer for each. Images made by hand often have none.
 */
final class HistoryFit {
  private static final History UNKNOWN =
      new History(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of("layer of the base image without history"),
          false);

  private HistoryFit() {}

  /** The history with as many entries for layers as there are layers; as it is where it fits. */
  static List<History> fit(List<History> history, int layers) {
    var fitting = new ArrayList<History>();
    var left = layers;
    for (var entry : history) {
      fitting.add(entry.emptyLayer() || left > 0 ? entry : withoutLayer(entry));
      left -= entry.emptyLayer() ? 0 : 1;
    }
    for (; left > 0; left--) {
      fitting.add(UNKNOWN);
    }
    return List.copyOf(fitting);
  }

  private static History withoutLayer(History entry) {
    return new History(entry.created(), entry.createdBy(), entry.author(), entry.comment(), true);
  }
}
