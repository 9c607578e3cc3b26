package dev.stagewright.worker.plan;

import dev.stagewright.dockerfile.eval.EvaluatedStage;
import dev.stagewright.dockerfile.stages.FileSource;
import java.util.List;

/**
 * What stages and images have to hand to later stages: the union of all that is copied from them.
 *
 * @param stages all that the target needs
 */
record ExportedPaths(List<EvaluatedStage> stages) {

  /** Absolute paths, wildcards as written, without repetition. */
  List<String> of(FileSource producer) {
    return stages.stream()
        .flatMap(stage -> stage.needs().stream())
        .filter(need -> need.source().equals(producer))
        .flatMap(need -> need.paths().stream())
        .distinct()
        .toList();
  }
}
