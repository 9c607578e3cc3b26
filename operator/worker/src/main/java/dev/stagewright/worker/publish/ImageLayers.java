package dev.stagewright.worker.publish;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest.ImageFormat;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import java.util.List;

/**
 * The layers of an image: those of the base image of the target's stage chain, then those of each
 * stage of the chain.
 *
 * @param plan the plan of the build
 * @param format the image format, which selects media types
 */
record ImageLayers(BuildPlan plan, ImageFormat format) {

  /** The layers of the base image, lowest first; empty for scratch. */
  List<LayerSource> ofBase() {
    return switch (plan.chain().getFirst().base()) {
      case StageBase.Image image ->
          image.layers().stream()
              .<LayerSource>map(layer ->
                  new LayerSource.Base(typed(layer.blob()), layer.diffId(), image.location()))
              .toList();
      case StageBase.Scratch() -> List.of();
      case StageBase.Stage _ ->
          throw new IllegalStateException(
              "the first stage of a chain has an image or scratch as its base");
    };
  }

  /** The layers that a stage created; none if they are not part of the image. */
  List<LayerSource> of(StagePlan stage, StageResult result) {
    return of(stage, result.layers());
  }

  /** The layers of steps of a stage; none if they are not part of the image. */
  List<LayerSource> of(StagePlan stage, List<StageResult.Layer> layers) {
    return plan.chain().contains(stage)
        ? layers.stream().map(layer -> of(stage.id(), layer)).toList()
        : List.of();
  }

  private LayerSource of(String stage, StageResult.Layer layer) {
    var blob = typed(layer.blob());
    return layer.created().isPresent()
        ? new LayerSource.Cached(blob, layer.diffId(), stage)
        : new LayerSource.Stage(blob, layer.diffId(), stage);
  }

  /** OCI and Docker media types do not mix; the layers of a base image may have the other kind. */
  private Descriptor typed(Descriptor blob) {
    var type =
        switch (format) {
          case OCI -> MediaTypes.ociLayer(blob.mediaType());
          case DOCKER ->
              MediaTypes.dockerLayer(blob.mediaType()).orElseThrow(() -> unsupported(blob));
        };
    return new Descriptor(type, blob.digest(), blob.size(), blob.urls());
  }

  private static IllegalArgumentException unsupported(Descriptor blob) {
    return new IllegalArgumentException(
        "Docker has no media type for layer " + blob.digest() + ", " + blob.mediaType());
  }
}
