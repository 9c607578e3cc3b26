package dev.stagewright.kubectl.check;

import dev.stagewright.analysis.image.LayerOrigin;
import dev.stagewright.analysis.report.InstructionText;
import dev.stagewright.layers.oci.History;
import dev.stagewright.layers.oci.ImageConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Finds out from the history of an image where its layers come from. */
final class HistoryOrigins {
  private static final LayerOrigin UNKNOWN =
      new LayerOrigin(Optional.empty(), Optional.empty(), Optional.empty(), false);

  private HistoryOrigins() {}

  /**
   * The origins of the layers, the lowest first.
   *
   * @param layers number of layers; if the history has another number, nothing is known
   */
  static List<LayerOrigin> of(ImageConfig config, int layers) {
    var history = config.history();
    var base = endOfBase(history);
    var origins = new ArrayList<LayerOrigin>();
    for (var i = 0; i < history.size(); i++) {
      if (!history.get(i).emptyLayer()) {
        var instruction = history.get(i).createdBy().filter(text -> !text.isBlank());
        origins.add(new LayerOrigin(instruction, Optional.empty(), Optional.empty(), i < base));
      }
    }
    return origins.size() == layers ? List.copyOf(origins) : Collections.nCopies(layers, UNKNOWN);
  }

  /**
   * Nearly every base image ends with CMD or ENTRYPOINT, and few Dockerfiles have one before an
   * instruction that makes a layer.
   */
  private static int endOfBase(List<History> history) {
    var last = history.size() - 1;
    while (last >= 0 && history.get(last).emptyLayer()) {
      last--;
    }
    for (var i = last; i >= 0; i--) {
      if (history.get(i).createdBy().map(HistoryOrigins::isCommand).orElse(false)) {
        return i;
      }
    }
    return 0;
  }

  private static boolean isCommand(String createdBy) {
    var instruction = InstructionText.of(createdBy);
    return instruction.startsWith("CMD ") || instruction.startsWith("ENTRYPOINT ");
  }
}
