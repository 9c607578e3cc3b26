package dev.stagewright.controller.template;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.api.v1alpha1.StageSettings;
import dev.stagewright.protocol.StagePlan;
import java.util.Optional;

/** Finds what a stage has of its own. */
public record StageTemplates(ImageBuildSpec spec) {

  /** The entry of {@code spec.stages} that names this stage, by name or by index. */
  public Optional<StageSettings> of(StagePlan stage) {
    return spec.stages().stream()
        .filter(entry ->
            entry.name().equalsIgnoreCase(stage.name()) || stage.id().equals("s" + entry.name()))
        .findFirst();
  }
}
