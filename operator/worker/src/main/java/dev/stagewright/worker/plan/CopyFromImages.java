package dev.stagewright.worker.plan;

import dev.stagewright.dockerfile.eval.EvaluatedStage;
import dev.stagewright.dockerfile.stages.FileSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The images that COPY --from names, each a stage of its own: {@code i0}, {@code i1}, … in the
 * order of the Dockerfile.
 *
 * @param firstUse index of the stage that names an image first, by the image's name, in order
 */
record CopyFromImages(Map<String, Integer> firstUse) {

  /** The images that these stages copy from. */
  static CopyFromImages of(List<EvaluatedStage> stages) {
    var firstUse = new LinkedHashMap<String, Integer>();
    for (var stage : stages) {
      for (var need : stage.needs()) {
        if (need.source() instanceof FileSource.Image(var name)) {
          firstUse.putIfAbsent(name, stage.index());
        }
      }
    }
    return new CopyFromImages(firstUse);
  }

  /** The images that this stage is the first to copy from. */
  List<String> firstUsedBy(EvaluatedStage stage) {
    return firstUse.entrySet().stream()
        .filter(use -> use.getValue() == stage.index())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The id of an image's stage. */
  String id(String name) {
    return "i" + new ArrayList<>(firstUse.keySet()).indexOf(name);
  }
}
