package dev.stagewright.worker.publish;

import dev.stagewright.layers.oci.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Adapts the history of a base image to its layers: scanners, and builds on top of it, rely on one
 * non-empty entry per layer. Images that were created by hand often have no history.
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

  /** Returns the history with as many non-empty entries as there are layers. */
  static List<History> adapt(List<History> history, int layers) {
    var adapted = new ArrayList<History>();
    var remaining = layers;
    for (var entry : history) {
      adapted.add(entry.emptyLayer() || remaining > 0 ? entry : withoutLayer(entry));
      remaining -= entry.emptyLayer() ? 0 : 1;
    }
    for (; remaining > 0; remaining--) {
      adapted.add(UNKNOWN);
    }
    return List.copyOf(adapted);
  }

  private static History withoutLayer(History entry) {
    return new History(entry.created(), entry.createdBy(), entry.author(), entry.comment(), true);
  }
}
