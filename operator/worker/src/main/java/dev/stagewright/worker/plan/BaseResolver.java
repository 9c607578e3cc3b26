package dev.stagewright.worker.plan;

import dev.stagewright.dockerfile.eval.EvaluatedStage;
import dev.stagewright.dockerfile.eval.Evaluation;
import dev.stagewright.dockerfile.stages.ResolvedBase.Image;
import dev.stagewright.dockerfile.stages.ResolvedBase.NamedContext;
import dev.stagewright.dockerfile.stages.ResolvedBase.Scratch;
import dev.stagewright.dockerfile.stages.ResolvedBase.Stage;
import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.worker.images.ImageInfo;
import java.util.function.Function;

/**
 * Resolves the bases of stages.
 *
 * @param evaluation the evaluated Dockerfile
 * @param images the images that the Dockerfile names, by name
 * @param platform of the build
 */
record BaseResolver(Evaluation evaluation, Function<String, ImageInfo> images, Platform platform) {

  /** The base of a stage. */
  StageBase of(EvaluatedStage stage) {
    return switch (stage.base()) {
      case Scratch() -> new StageBase.Scratch();
      case Stage(var parent) -> new StageBase.Stage(evaluation.stage(parent).id());
      case Image(var name) -> images.apply(name).base();
      case NamedContext(var name) ->
          throw new IllegalStateException(
              "the build has no named contexts, but a stage is built on the named context " + name);
    };
  }

  /** The config of the base image of a stage and its parents. */
  ImageConfig rootConfig(EvaluatedStage stage) {
    return switch (stage.base()) {
      case Stage(var parent) -> rootConfig(evaluation.stage(parent));
      case Image(var name) -> images.apply(name).config();
      case Scratch(), NamedContext(_) -> ImageConfig.scratch(platform);
    };
  }

  /** Whether another stage is built on this stage. */
  boolean isBase(EvaluatedStage stage) {
    var asBase = new Stage(stage.index());
    return evaluation.stages().stream().anyMatch(other -> other.base().equals(asBase));
  }
}
