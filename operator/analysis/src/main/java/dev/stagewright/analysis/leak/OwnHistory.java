package dev.stagewright.analysis.leak;

import dev.stagewright.analysis.image.AnalyzedImage;
import dev.stagewright.analysis.image.BaseLayers;
import dev.stagewright.layers.oci.History;
import java.util.List;

/** The history of an image after its base image, as far as the layers tell where that ends. */
record OwnHistory(List<String> base, List<String> entries) {

  static OwnHistory of(AnalyzedImage image) {
    var history = image.config().history();
    var end = end(history, BaseLayers.of(image));
    return new OwnHistory(
        texts(history.subList(0, end)), texts(history.subList(end, history.size())));
  }

  private static List<String> texts(List<History> history) {
    return history.stream().map(entry -> entry.createdBy().orElse("")).toList();
  }

  /** The index after the entry of the last layer of the base image. */
  private static int end(List<History> history, BaseLayers base) {
    var end = 0;
    var layer = 0;
    for (var index = 0; index < history.size(); index++) {
      if (!history.get(index).emptyLayer() && base.contains(layer++)) {
        end = index + 1;
      }
    }
    return end;
  }

  /** Whether the base image sets a variable. */
  boolean isFromBase(String variable) {
    return base.stream().anyMatch(entry -> sets(entry, variable))
        && entries.stream().noneMatch(entry -> sets(entry, variable));
  }

  private static boolean sets(String entry, String variable) {
    return entry.contains("ENV ") && entry.contains(" " + variable + "=");
  }
}
