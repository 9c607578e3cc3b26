package dev.stagewright.stage;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Computes a digest of the definition of a stage: its base, its steps and the definitions of the
 * stages that they copy from. Positions in the Dockerfile and files of the build context do not
 * affect it.
 */
record StageDefinition(BuildPlan plan) {
  private static final InstructionPosition NO_POSITION = new InstructionPosition("", 0, "");

  String of(String id) {
    var stage = plan.stage(id);
    var text = new StringBuilder(base(stage.base()));
    for (var step : stage.steps()) {
      text.append('\n').append(text(step));
    }
    return Digest.of(text.toString().getBytes(StandardCharsets.UTF_8)).hex();
  }

  private String base(StageBase base) {
    return switch (base) {
      case StageBase.Scratch _ -> "scratch";
      case StageBase.Stage(var parent) -> of(parent);
      case StageBase.Image image -> image.pinned().toString();
    };
  }

  private String text(Step step) {
    return switch (step) {
      case Step.Run run ->
          List.of(
                  run.command(),
                  run.scripts(),
                  run.environment(),
                  run.workingDirectory(),
                  run.user())
              .toString();
      case Step.Copy copy -> from(copy.from()) + Json.write(withoutPosition(copy));
      case Step.Workdir workdir -> "workdir " + workdir.path() + " " + workdir.user();
    };
  }

  private String from(Step.CopyFrom from) {
    return from instanceof Step.CopyFrom.Stage(var id) ? of(id) : "";
  }

  private static Step.Copy withoutPosition(Step.Copy copy) {
    return Step.Copy.builder(NO_POSITION, new Step.CopyFrom.Context(), copy.destination())
        .sources(copy.sources())
        .files(copy.files())
        .chown(copy.chown())
        .chmod(copy.chmod())
        .exclude(copy.exclude())
        .parents(copy.parents())
        .link(copy.link())
        .unpack(copy.unpack())
        .remotes(copy.remotes())
        .build();
  }
}
