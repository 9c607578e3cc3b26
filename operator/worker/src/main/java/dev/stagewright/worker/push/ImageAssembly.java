package dev.stagewright.worker.push;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.History;
import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.MalformedDocumentException;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest.ImageFormat;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes an image of what the stages left: the layers of the base image that the target's chain of
 * stages begins with, then those of each stage of the chain.
 *
 * @param plan the build's plan
 * @param results of the stages of the target's chain, by id
 * @param created the time of what the build adds to the history
 * @param format whose media types it gets
 * @param annotations of the manifest, where the format has some
 */
record ImageAssembly(
    BuildPlan plan,
    Map<String, StageResult> results,
    Instant created,
    ImageFormat format,
    Annotations annotations) {
  private static final String COMMENT = "stagewright";

  /** The image. */
  AssembledImage assemble() throws MalformedDocumentException {
    var chain = plan.chain();
    var layers = new ArrayList<LayerSource>(baseLayers(chain.getFirst().base()));
    var baseHistory = ImageConfig.parseHistory(plan.image().baseHistory());
    var history = new ArrayList<>(HistoryFit.fit(baseHistory, layers.size()));
    for (var stage : chain) {
      var result = result(stage);
      for (var layer : result.layers()) {
        layers.add(new LayerSource.Stage(typed(layer.blob()), layer.diffId(), stage.id()));
      }
      stage.history().forEach(entry -> history.add(history(entry, result)));
    }
    var template = plan.image().config().getBytes(StandardCharsets.UTF_8);
    var latest = last(history);
    return AssembledImage.of(
        format,
        List.copyOf(layers),
        ImageConfig.parse(template).withCreated(Optional.of(latest)).withHistory(history),
        annotations.of(plan, latest));
  }

  /** An image to which a build adds nothing is as old as its base. */
  private Instant last(List<History> history) {
    return history.reversed().stream()
        .flatMap(entry -> entry.created().stream())
        .findFirst()
        .orElse(created);
  }

  private List<LayerSource.Base> baseLayers(StageBase base) {
    return switch (base) {
      case StageBase.Image image ->
          image.layers().stream()
              .map(layer ->
                  new LayerSource.Base(typed(layer.blob()), layer.diffId(), image.location()))
              .toList();
      case StageBase.Scratch() -> List.of();
      case StageBase.Stage _ -> throw new IllegalStateException("a chain begins with an image");
    };
  }

  private StageResult result(StagePlan stage) {
    return Optional.ofNullable(results.get(stage.id()))
        .orElseThrow(() -> new IllegalArgumentException("no result of stage " + stage.id()));
  }

  private History history(StagePlan.HistoryEntry entry, StageResult result) {
    var hasLayer = result.layers().stream().anyMatch(layer -> layer.step() == entry.step());
    return new History(
        Optional.of(created),
        Optional.of(entry.createdBy()),
        Optional.empty(),
        Optional.of(COMMENT),
        !hasLayer);
  }

  /** OCI's media types and Docker's do not mix; a base image's layers may have the other ones. */
  private Descriptor typed(Descriptor blob) {
    var type =
        switch (format) {
          case OCI -> MediaTypes.ociLayer(blob.mediaType());
          case DOCKER -> MediaTypes.dockerLayer(blob.mediaType()).orElseThrow(() -> untold(blob));
        };
    return new Descriptor(type, blob.digest(), blob.size(), blob.urls());
  }

  private static IllegalArgumentException untold(Descriptor blob) {
    return new IllegalArgumentException(
        "Docker has no media type for layer " + blob.digest() + ", " + blob.mediaType());
  }
}
