package dev.stagewright.controller.pods;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Follows FROM from stage to stage. */
record StageAncestry(BuildPlan plan) {

  /** The image at the end of the chain of FROMs; empty where that is scratch. */
  Optional<StageBase.Image> of(StagePlan stage) {
    return switch (stage.base()) {
      case StageBase.Scratch _ -> Optional.empty();
      case StageBase.Image image -> Optional.of(image);
      case StageBase.Stage(var parent) -> of(plan.stage(parent));
    };
  }

  /**
   * Stages whose folders a stage reads: those it copies from, and all that it stands on, whose
   * layers make its root.
   */
  Set<String> readBy(StagePlan stage) {
    var read = new LinkedHashSet<>(stage.needs());
    var current = stage;
    while (current.base() instanceof StageBase.Stage(var parent)) {
      read.add(parent);
      current = plan.stage(parent);
    }
    return read;
  }
}
